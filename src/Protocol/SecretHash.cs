using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol;

/// <summary>
/// The SECRET_HASH by which an app client proves its secret without sending it: base64 of HMAC-SHA256, keyed
/// with the secret, over user name followed by client id (documented under "secret hash").
/// </summary>
public static class SecretHash
{
    /// <summary>The 44 characters expected of a client.</summary>
    public static string Compute(string clientSecret, string username, string clientId)
    {
        var hash = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(clientSecret), Encoding.UTF8.GetBytes(username + clientId));
        return Convert.ToBase64String(hash);
    }

    /// <summary>
    /// Whether the text sent is the expected one; compared in constant time, character by character.
    /// </summary>
    public static bool Verify(string? presented, string clientSecret, string username, string clientId)
    {
        if (presented is not { Length: 44 })
            return false;
        var expected = Compute(clientSecret, username, clientId);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(expected));
    }
}
