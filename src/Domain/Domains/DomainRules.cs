using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Domains;

/// <summary>What a request says of a domain.</summary>
public sealed record GivenDomain(
    int? ManagedLoginVersion, CustomDomainConfigType? Custom, RoutingType? Routing);

/// <summary>Which domains a pool may have, and what can be set about them.</summary>
public static class DomainRules
{
    /// <summary>The classic pages; also where a request names no version (inferred).</summary>
    public const int Classic = 1;

    public const int ManagedLogin = 2;

    private const int LongestHealthCheckId = 64;

    /// <summary>They would pass for the service's own (observed).</summary>
    private static readonly HashSet<string> ReservedWords = ["aws", "amazon", "cognito"];

    /// <summary>A new domain: a custom one where a certificate is given, and else a prefix.</summary>
    /// <param name="replicaRegions">Where the pool has replicas.</param>
    /// <exception cref="ApiException">InvalidParameterException,
    /// FeatureUnavailableInTierException.</exception>
    public static UserPoolDomain New(
        UserPool pool, string name, GivenDomain given, Deployment deployment,
        IReadOnlyList<string> replicaRegions, DateTimeOffset now)
    {
        if (given.Custom is null) CheckPrefix(name);
        else CheckCustom(name, deployment);
        var created = new UserPoolDomain
        {
            PoolId = pool.Id,
            Name = name,
            ManagedLoginVersion = Classic,
            Custom = given.Custom,
            CreatedAt = now,
            ModifiedAt = now,
        };
        return Changed(created, pool, given, replicaRegions, now);
    }

    /// <summary>The domain after an update; what the request leaves out stays (inferred).</summary>
    /// <exception cref="ApiException">As <see cref="New"/>.</exception>
    public static UserPoolDomain Changed(
        UserPoolDomain domain, UserPool pool, GivenDomain given, IReadOnlyList<string> replicaRegions,
        DateTimeOffset now)
    {
        if (given.Custom is { } custom) CheckCertificate(domain, custom);
        var version = given.ManagedLoginVersion ?? domain.ManagedLoginVersion;
        if (version is not (Classic or ManagedLogin)) throw DomainRefusals.ManagedLoginVersion(version);
        if (version == ManagedLogin) TierRules.CheckManagedLogin(pool.Settings);
        return domain with
        {
            ManagedLoginVersion = version,
            Custom = given.Custom ?? domain.Custom,
            Routing = given.Routing is { } routing
                ? Checked(routing, domain, replicaRegions)
                : domain.Routing,
            ModifiedAt = now,
        };
    }

    /// <summary>The contract takes dots for the sake of custom domains; a prefix is one label.</summary>
    private static void CheckPrefix(string name)
    {
        if (name.Contains('.')) throw DomainRefusals.InvalidCharacter();
        if (name.Split('-').FirstOrDefault(ReservedWords.Contains) is { } word)
            throw DomainRefusals.ReservedWord(word);
    }

    private static void CheckCustom(string name, Deployment deployment)
    {
        var isName = name.Contains('.')
            && Uri.CheckHostName(name) == UriHostNameType.Dns
            && name.Split('.').All(label => label.Length > 0 && label[0] != '-' && label[^1] != '-');
        // Below the base domain hosts belong to prefixes.
        if (!isName || deployment.PrefixIn(name) is not null) throw DomainRefusals.NoSubdomain(name);
    }

    private static void CheckCertificate(UserPoolDomain domain, CustomDomainConfigType custom)
    {
        if (!domain.IsCustom) throw DomainRefusals.PrefixWithCertificate(domain.Name);
        // arn:PARTITION:acm:us-east-1:ACCOUNT:certificate/ID
        var isCertificate = custom.CertificateArn.Split(':') is [_, _, "acm", "us-east-1", _, var resource]
            && resource.StartsWith("certificate/", StringComparison.Ordinal);
        if (!isCertificate) throw DomainRefusals.NoCertificate();
    }

    /// <summary>An empty routing takes away the one that was there.</summary>
    private static RoutingType? Checked(
        RoutingType routing, UserPoolDomain domain, IReadOnlyList<string> replicaRegions)
    {
        if (routing.Failover is not { } failover) return null;
        if (!domain.IsCustom) throw DomainRefusals.PrefixWithRouting(domain.Name);
        if (!replicaRegions.Contains(failover.SecondaryRegion)) throw DomainRefusals.NoReplicaToRouteTo();
        return failover.PrimaryRoute53HealthCheckId.Length is > 0 and <= LongestHealthCheckId
            ? routing
            : throw DomainRefusals.HealthCheck();
    }
}
