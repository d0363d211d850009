using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Jose;

/// <summary>The claim <c>at_hash</c>, which ties an ID token to the access token that came with it (OpenID
/// Connect Core 1.0 §3.1.3.6).</summary>
public static class AccessTokenHash
{
    /// <summary>The left half of the hash that the signature's algorithm uses, for RS256.</summary>
    public static string Of(string accessToken) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));
}
