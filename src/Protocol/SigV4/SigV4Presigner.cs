using System.Globalization;
using System.Text;

namespace Lifeguard.Protocol.SigV4;

/// <summary>
/// Signs addresses that whoever has them may call for a while (documented: Signature Version 4, query
/// parameters), with a body that is not part of the signature.
/// </summary>
public static class SigV4Presigner
{
    private const string UnsignedBody = "UNSIGNED-PAYLOAD";

    /// <summary>
    /// The address with its signature. Throws <see cref="ArgumentException"/> where the request is longer
    /// than a canonical request may be or a header value holds a line break.
    /// </summary>
    /// <param name="credentials">Whose signature.</param>
    /// <param name="scope">Region and service; the day is that of <paramref name="now"/>.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">The absolute address, without a query.</param>
    /// <param name="headers">Headers that the caller will have to send, by lower-case name; Host is added
    /// here.</param>
    /// <param name="lifetime">How long it holds, in whole seconds.</param>
    /// <param name="now">The signer's clock.</param>
    public static string Presign(
        SigV4Credentials credentials,
        (string Region, string Service) scope,
        string method,
        Uri address,
        IReadOnlyDictionary<string, string> headers,
        TimeSpan lifetime,
        DateTimeOffset now)
    {
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
        };
        foreach (var (name, value) in headers) signed[name] = value;
        string[] names = [.. signed.Keys];
        var signedScope = new CredentialScope(AmzDate.Format(now)[..8], scope.Region, scope.Service);
        var query = Query(credentials, signedScope, names, lifetime, now);

        var isBuilt = CanonicalRequest.TryBuild(
            method, address.AbsolutePath, query, names, signed.GetValueOrDefault, UnsignedBody,
            out var canonical);
        if (!isBuilt)
            throw new ArgumentException("The address cannot be signed.", nameof(address));
        var key = Signature.SigningKey(credentials.SecretAccessKey, signedScope);
        var signature = Signature.Compute(key, Signature.StringToSign(now, signedScope, canonical!));
        return $"{address.GetLeftPart(UriPartial.Path)}?{query}"
            + $"&{CanonicalRequest.SignatureParameter}={signature}";
    }

    /// <summary>
    /// Whether the claim of a presigned request is that of an address signed by this secret for this very
    /// path; compared in constant time. How old it is, is the caller's to judge.
    /// </summary>
    public static bool IsSigned(
        SigV4Claim claim,
        SigV4Credentials credentials,
        (string Region, string Service) scope,
        string method,
        Uri address,
        IReadOnlyDictionary<string, string> headers)
    {
        if (claim.Lifetime is not { } lifetime) return false;
        var expected = Presign(credentials, scope, method, address, headers, lifetime, claim.SignedAt);
        return Signature.IsSame(claim.Signature, expected[(expected.LastIndexOf('=') + 1)..]);
    }

    private static string Query(
        SigV4Credentials credentials,
        CredentialScope scope,
        IReadOnlyList<string> names,
        TimeSpan lifetime,
        DateTimeOffset now)
    {
        var seconds = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        List<(string Name, string Value)> pairs =
        [
            ("X-Amz-Algorithm", AuthorizationHeader.Algorithm),
            ("X-Amz-Date", AmzDate.Format(now)),
            ("X-Amz-SignedHeaders", string.Join(';', names)),
            ("X-Amz-Expires", seconds),
            ("X-Amz-Credential", $"{credentials.AccessKeyId}/{scope.Text}"),
        ];
        if (credentials.SessionToken is { } token) pairs.Add(("X-Amz-Security-Token", token));
        return string.Join('&', pairs.Select(pair => $"{pair.Name}={Encoded(pair.Value)}"));
    }

    private static string Encoded(string value) => CanonicalQuery.Encode(Encoding.UTF8.GetBytes(value));
}
