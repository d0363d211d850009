using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.SigV4;

/// <summary>Every way in which a signature can fail.</summary>
public enum SigV4FailureKind
{
    /// <summary>No credentials at all.</summary>
    Missing,

    /// <summary>Credentials that cannot be read.</summary>
    Incomplete,

    /// <summary>An access key id that does not exist, or a session token that is not its own.</summary>
    UnknownKey,

    /// <summary>Temporary credentials past their end.</summary>
    ExpiredToken,

    /// <summary>Signed too long ago, or presigned for a time that is over.</summary>
    Expired,

    /// <summary>Signed in the future.</summary>
    NotYetCurrent,

    /// <summary>The scope's day is not the day of signing.</summary>
    WrongDate,

    /// <summary>Scoped to another region.</summary>
    WrongRegion,

    /// <summary>Scoped to another service.</summary>
    WrongService,

    /// <summary>The signature is not the one that key and request give.</summary>
    Mismatch,
}

/// <summary>
/// Why a signature was refused, in the service's words (observed or common to the AWS JSON services).
/// </summary>
/// <param name="Kind">The reason.</param>
/// <param name="Message">The sentence for the client.</param>
public sealed record SigV4Failure(SigV4FailureKind Kind, string Message)
{
    private const int SkewMinutes = 5;

    /// <summary>How far the signer's clock may be off, either way.</summary>
    public static TimeSpan Skew { get; } = TimeSpan.FromMinutes(SkewMinutes);

    /// <summary>No credentials at all.</summary>
    public static SigV4Failure Missing { get; } =
        new(SigV4FailureKind.Missing, "Missing Authentication Token");

    /// <summary>The access key id does not exist, or the session token is not its own.</summary>
    public static SigV4Failure UnknownKey { get; } =
        new(SigV4FailureKind.UnknownKey, "The security token included in the request is invalid.");

    /// <summary>Temporary credentials past their end.</summary>
    public static SigV4Failure ExpiredToken { get; } =
        new(SigV4FailureKind.ExpiredToken, "The security token included in the request is expired");

    /// <summary>The signature is not the one that key and request give.</summary>
    public static SigV4Failure Mismatch { get; } = new(
        SigV4FailureKind.Mismatch,
        "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method. "
            + "Consult the service documentation for details.");

    /// <summary>The service's error type, the <c>__type</c> of the answer.</summary>
    public string ErrorType => Kind switch
    {
        SigV4FailureKind.Missing => "MissingAuthenticationTokenException",
        SigV4FailureKind.Incomplete => "IncompleteSignatureException",
        SigV4FailureKind.UnknownKey => "UnrecognizedClientException",
        SigV4FailureKind.ExpiredToken => "ExpiredTokenException",
        _ => "InvalidSignatureException",
    };

    // The header is echoed as a hash: it may be any other credential sent to the wrong place.
    internal static SigV4Failure Incomplete(IReadOnlyList<string> problems, string authorization)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)));
        return new(
            SigV4FailureKind.Incomplete,
            $"{string.Join(' ', problems)} "
                + $"(Hashed with SHA-256 and encoded with Base64) Authorization={hash}");
    }

    internal static SigV4Failure IncompleteQuery(IReadOnlyList<string> problems) =>
        new(
            SigV4FailureKind.Incomplete,
            $"{string.Join(' ', problems)} Re-examine the query-string parameters.");

    internal static SigV4Failure Expired(DateTimeOffset signedAt, DateTimeOffset now) => new(
        SigV4FailureKind.Expired,
        $"Signature expired: {AmzDate.Format(signedAt)} is now earlier than "
            + $"{AmzDate.Format(now - Skew)} ({AmzDate.Format(now)} - {SkewMinutes} min.)");

    internal static SigV4Failure PresignedExpired(DateTimeOffset end, DateTimeOffset now) => new(
        SigV4FailureKind.Expired,
        $"Signature expired: {AmzDate.Format(end)} is now earlier than {AmzDate.Format(now)}");

    internal static SigV4Failure NotYetCurrent(DateTimeOffset signedAt, DateTimeOffset now) => new(
        SigV4FailureKind.NotYetCurrent,
        $"Signature not yet current: {AmzDate.Format(signedAt)} is still later than "
            + $"{AmzDate.Format(now + Skew)} ({AmzDate.Format(now)} + {SkewMinutes} min.)");

    internal static SigV4Failure WrongDate(CredentialScope scope, DateTimeOffset signedAt) => new(
        SigV4FailureKind.WrongDate,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            + $"'{scope.Date}' != '{AmzDate.Format(signedAt)[..8]}', from '{AmzDate.Format(signedAt)}'.");

    internal static SigV4Failure WrongRegion(CredentialScope scope) => new(
        SigV4FailureKind.WrongRegion,
        $"Credential should be scoped to a valid region, not '{scope.Region}'. ");

    internal static SigV4Failure WrongService(string service) => new(
        SigV4FailureKind.WrongService,
        $"Credential should be scoped to correct service: '{service}'. ");
}
