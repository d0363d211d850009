using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol;

/// <summary>
/// The keyed hash under which a one-time code is stored, so that the stored rows alone do not reveal codes
/// (OWASP ASVS 5.0, 6.5.2), bound to what the code is for, the pool and the user.
/// </summary>
public static class HmacCode
{
    /// <summary>
    /// HMAC-SHA256 over purpose, pool, sub and code with a zero byte between, 32 bytes.
    /// Throws <see cref="ArgumentException"/> when purpose, pool or sub contains a zero character, since two
    /// different quadruples could then hash alike.
    /// </summary>
    public static byte[] Compute(ReadOnlySpan<byte> key, string purpose, string pool, string sub, string code)
    {
        if (purpose.Contains('\0') || pool.Contains('\0') || sub.Contains('\0'))
            throw new ArgumentException("Purpose, pool and sub must not contain a zero character.");
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\0{pool}\0{sub}\0{code}"));
    }

    /// <summary>Whether a code that was sent hashes to the stored bytes; compared in constant time.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> stored,
        ReadOnlySpan<byte> key,
        string purpose,
        string pool,
        string sub,
        string code) =>
        CryptographicOperations.FixedTimeEquals(stored, Compute(key, purpose, pool, sub, code));
}
