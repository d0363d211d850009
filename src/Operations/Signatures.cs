using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Access;
using Lifeguard.Protocol.SigV4;
using Lifeguard.Storage;

namespace Lifeguard.Operations;

/// <summary>
/// Decides who signed a call (SigV4). In development anybody may be
/// the administrator; a malformed signature can be refused there too.
/// </summary>
public sealed class Signatures(
    AccessKeyStore keys, ReplicaStore replicas, Deployment deployment, SignatureRules rules)
{
    private const string Service = "cognito-idp";

    /// <exception cref="ApiException">One of the refusals of SigV4 (observed).</exception>
    public async ValueTask<Administrator> Verify(WireRequest wire, DateTimeOffset now)
    {
        if (rules.AcceptsAnybody) MustNotComeFromTheWeb(wire);
        var request = new SigV4Request(wire.Method, wire.Path, wire.Query, wire.Header, wire.Body);
        var isRead = SigV4Verifier.TryRead(request, out var claim, out var failure);
        if (rules.AcceptsAnybody && (!rules.IsStrict || wire.Header("Authorization") is null))
            return Anybody(claim);
        if (!isRead) throw Refusal(failure!);
        if (rules.AcceptsAnybody) return Anybody(claim);

        var key = await keys.Find(claim!.AccessKeyId, wire.Cancelled);
        if (key is null || !TokenFits(key, claim)) throw Refusal(SigV4Failure.UnknownKey);
        // Where replicas are, their region's name is as good as the deployment's own.
        var signed = claim.Scope.Region;
        var isServed = signed == deployment.Region || await replicas.Hosts(signed, wire.Cancelled);
        var region = isServed ? signed : deployment.Region;
        if (SigV4Verifier.Verify(request, claim, key.Secret, region, Service, now) is { } broken)
            throw Refusal(broken);
        if (key.ExpiresAt <= now) throw Refusal(SigV4Failure.ExpiredToken);
        return new(deployment.UserArn(key.UserName), AccessPolicy.Parse(key.Policy), signed);
    }

    /// <summary>Where anybody may be the administrator, no page of a foreign site may: browsers name the site
    /// that a page came from, also when its name has been rebound to this machine.</summary>
    private static void MustNotComeFromTheWeb(WireRequest wire)
    {
        if (wire.Header("Origin") is not { Length: > 0 } origin) return;
        if (Uri.TryCreate(origin, UriKind.Absolute, out var site) && IsThisMachine(site)) return;
        throw Refusal(SigV4Failure.Missing);
    }

    private static bool IsThisMachine(Uri site) =>
        site.IsLoopback || site.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private Administrator Anybody(SigV4Claim? claim) =>
        new(deployment.UserArn("developer"), AccessPolicy.Administrator, claim?.Scope.Region);

    /// <summary>A temporary key comes with its session token, a lasting one without any.</summary>
    private static bool TokenFits(AccessKey key, SigV4Claim claim) => key.SessionToken is null
        ? claim.SecurityToken is null
        : claim.SecurityToken is { } token && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(key.SessionToken), Encoding.UTF8.GetBytes(token));

    private static ApiException Refusal(SigV4Failure failure) => new(failure.ErrorType, failure.Message);
}

/// <summary>How strictly callers are examined.</summary>
/// <param name="AcceptsAnybody">Development only: any credentials, or none.</param>
/// <param name="IsStrict">With <paramref name="AcceptsAnybody"/>:
/// a malformed signature is refused all the same.</param>
public sealed record SignatureRules(bool AcceptsAnybody, bool IsStrict);
