using System.Net;
using System.Text;

namespace Lifeguard.Operations.OAuth;

/// <summary>
/// A client's id and secret in the header <c>Authorization</c> (RFC 6749 §2.3.1). They ought to be encoded as
/// a form is, which some libraries do and some do not (observed): so there are two readings.
/// </summary>
/// <param name="Plain">As they came.</param>
/// <param name="Decoded">As they were before they were encoded.</param>
internal sealed record BasicCredentials((string Id, string Secret) Plain, (string Id, string Secret) Decoded)
{
    private const string Scheme = "Basic ";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The credentials; null where the header holds none.</summary>
    public static BasicCredentials? Read(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var encoded = header[Scheme.Length..].Trim(' ');
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return null;
        if (TextOf(bytes.AsSpan(0, length)) is not { } pair) return null;
        var colon = pair.IndexOf(':');
        if (colon <= 0) return null;
        var (id, secret) = (pair[..colon], pair[(colon + 1)..]);
        return new((id, secret), (WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret)));
    }

    /// <summary>Never prints the secret.</summary>
    public override string ToString() => $"BasicCredentials of {Plain.Id}";

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
