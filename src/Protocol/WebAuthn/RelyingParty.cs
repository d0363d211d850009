using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>Whom a passkey is for.</summary>
/// <param name="Id">A host name without scheme and port.</param>
public sealed record RelyingParty(string Id)
{
    private const string Secure = "https://";
    private const string Plain = "http://";
    private const string Android = "android:apk-key-hash:";
    private const string Localhost = "localhost";

    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>What stands for the id in authenticator data.</summary>
    internal byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Id));

    /// <summary>
    /// May pages of this origin use the relying party's keys: is its host the id or below it? Pages need TLS,
    /// but for those of the own machine. Android vouches itself for apps, which it checks against the
    /// host's list of them.
    /// </summary>
    internal bool Owns(string origin)
    {
        if (origin.StartsWith(Android, StringComparison.Ordinal))
        {
            return StrictBase64Url.TryDecode(origin.AsSpan(Android.Length), out var hash)
                && hash.Length == SHA256.HashSizeInBytes;
        }

        if (origin.StartsWith(Secure, StringComparison.Ordinal))
            return HostOf(origin.AsSpan(Secure.Length)) is { } host && IsAtOrBelow(host, Id);
        return origin.StartsWith(Plain, StringComparison.Ordinal)
            && HostOf(origin.AsSpan(Plain.Length)) is { } local
            && IsAtOrBelow(local, Localhost)
            && IsAtOrBelow(local, Id);
    }

    /// <summary>The host of an origin as browsers write it: lower case, a port or none, nothing else. What
    /// another parser might see otherwise is not read at all.</summary>
    private static string? HostOf(ReadOnlySpan<char> authority)
    {
        var colon = authority.IndexOf(':');
        var host = colon < 0 ? authority : authority[..colon];
        if (colon >= 0 && !IsPort(authority[(colon + 1)..])) return null;
        return host.IsEmpty || host.ContainsAnyExcept(HostCharacters) ? null : host.ToString();
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 5 && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsAtOrBelow(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase)
        || (host.Length > domain.Length
            && host[^(domain.Length + 1)] == '.'
            && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
}
