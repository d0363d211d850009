using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.SigV4;

/// <summary>The arithmetic of Signature Version 4 (documented).</summary>
public static class Signature
{
    /// <summary>
    /// Lower-case hexadecimal SHA-256, the form in which bodies and canonical requests are hashed.
    /// </summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Algorithm, instant, scope and the canonical request's hash, on a line each.</summary>
    public static string StringToSign(
        DateTimeOffset signedAt, CredentialScope scope, string canonicalRequest) =>
        string.Join(
            '\n',
            AuthorizationHeader.Algorithm,
            AmzDate.Format(signedAt),
            scope.Text,
            Hash(Encoding.UTF8.GetBytes(canonicalRequest)));

    /// <summary>
    /// The 32-byte key of one scope; may be kept for its day, as secret as the secret itself.
    /// </summary>
    public static byte[] SigningKey(string secretAccessKey, CredentialScope scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (var step in (ReadOnlySpan<string>)
            [scope.Date, scope.Region, scope.Service, CredentialScope.Terminator])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        return key;
    }

    /// <summary>The signature, 64 lower-case hexadecimal digits.</summary>
    public static string Compute(ReadOnlySpan<byte> signingKey, string stringToSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(stringToSign)));

    /// <summary>Whether two signatures are the same text; compared in constant time.</summary>
    public static bool IsSame(string presented, string expected) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(expected));
}
