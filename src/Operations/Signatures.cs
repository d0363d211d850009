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
public sealed class Signatures(AccessKeyStore keys, Deployment deployment, SignatureRules rules)
{
    private const string Service = "cognito-idp";

    /// <exception cref="ApiException">One of the refusals of SigV4 (observed).</exception>
    public async ValueTask<Administrator> Verify(WireRequest wire, DateTimeOffset now)
    {
        if (rules.AcceptsAnybody && (!rules.IsStrict || wire.Header("Authorization") is null))
            return Anybody();
        var request = new SigV4Request(wire.Method, wire.Path, wire.Query, wire.Header, wire.Body);
        if (!SigV4Verifier.TryRead(request, out var claim, out var failure)) throw Refusal(failure);
        if (rules.AcceptsAnybody) return Anybody();

        var key = await keys.Find(claim.AccessKeyId, wire.Cancelled);
        if (key is null || !TokenFits(key, claim)) throw Refusal(SigV4Failure.UnknownKey);
        if (SigV4Verifier.Verify(request, claim, key.Secret, deployment.Region, Service, now) is { } broken)
            throw Refusal(broken);
        if (key.ExpiresAt <= now) throw Refusal(SigV4Failure.ExpiredToken);
        return new(deployment.UserArn(key.UserName), AccessPolicy.Parse(key.Policy));
    }

    private Administrator Anybody() => new(deployment.UserArn("developer"), AccessPolicy.Administrator);

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
