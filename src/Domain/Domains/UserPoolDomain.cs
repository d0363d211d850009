using System.Globalization;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Domains;

/// <summary>A domain of a user pool, under which its pages and OAuth endpoints are.</summary>
public sealed record UserPoolDomain
{
    /// <summary>Pages and style sheets are the program's own, and no bucket holds them; clients expect the
    /// member.</summary>
    private const string Assets = "lifeguard-assets";

    public required string PoolId { get; init; }

    /// <summary>A prefix, or the whole name of a custom domain. Leads to one pool of the deployment, and
    /// never changes.</summary>
    public required string Name { get; init; }

    /// <summary>1 for the classic pages, 2 for managed login (doc).</summary>
    public required int ManagedLoginVersion { get; init; }

    /// <summary>Null for a prefix domain.</summary>
    public CustomDomainConfigType? Custom { get; init; }

    /// <summary>Where requests go when the pool's own region is down; for whoever manages the
    /// DNS.</summary>
    public RoutingType? Routing { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    public bool IsCustom => Custom is not null;

    /// <summary>As DescribeUserPoolDomain shows it. A domain works from the moment it is there.</summary>
    /// <param name="distribution">The host that answers for it.</param>
    public DomainDescriptionType Describe(Deployment deployment, string distribution) => new()
    {
        UserPoolId = PoolId,
        AWSAccountId = deployment.AccountId,
        Domain = Name,
        S3Bucket = Assets,
        CloudFrontDistribution = distribution,
        Version = ModifiedAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
        Status = DomainStatusType.Active,
        CustomDomainConfig = Custom ?? new(),
        ManagedLoginVersion = ManagedLoginVersion,
        Routing = Routing,
    };
}
