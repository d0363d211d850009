using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// What the server keeps of a password for SRP: v = g^x mod N (RFC 5054 §2.4, observed hash input).
/// </summary>
public static class SrpVerifier
{
    // Generous for any number a client could upload, small enough that nothing is spent on rubbish.
    private const int MaxUploadedLength = 2048;

    /// <summary>
    /// The verifier of a user's password, unsigned big-endian without leading zeros.
    /// For a device: its group key, its key and its generated password (observed).
    /// </summary>
    /// <param name="poolName">The pool id after its first underscore.</param>
    /// <param name="userId">The real user name, exactly as stored.</param>
    /// <param name="password">The password in plain text.</param>
    /// <param name="salt">The salt, unsigned big-endian.</param>
    public static byte[] Create(string poolName, string userId, string password, ReadOnlySpan<byte> salt)
    {
        Span<byte> x = stackalloc byte[SHA256.HashSizeInBytes];
        PrivateKey(poolName, userId, password, salt, x);
        var verifier = ModularPower.OfGenerator(x);
        CryptographicOperations.ZeroMemory(x);
        return SrpGroup.Minimal(verifier).ToArray();
    }

    /// <summary>
    /// Reads the salt and verifier a client uploads for a device, each base64 of a big-endian number with or
    /// without a leading 00. False when one is not base64, is over-long, or the verifier is a multiple of N,
    /// with which anyone could prove anything.
    /// </summary>
    public static bool TryReadDevice(
        string? saltBase64, string? verifierBase64, out byte[] salt, out byte[] verifier)
    {
        verifier = [];
        return TryReadNumber(saltBase64, out salt)
            && TryReadNumber(verifierBase64, out verifier)
            && SrpGroup.Number(verifier) % SrpGroup.N != 0;
    }

    internal static void PrivateKey(
        string poolName, string userId, string password, ReadOnlySpan<byte> salt, Span<byte> x)
    {
        Span<byte> inner = stackalloc byte[SHA256.HashSizeInBytes];
        InnerHash(poolName, userId, password, inner);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SrpGroup.Pad(salt));
        hash.AppendData(inner);
        hash.GetHashAndReset(x);
        CryptographicOperations.ZeroMemory(inner);
    }

    internal static void InnerHash(string poolName, string userId, string password, Span<byte> inner)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, poolName);
        Append(hash, userId);
        Append(hash, ":");
        Append(hash, password);
        hash.GetHashAndReset(inner);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(bytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    private static bool TryReadNumber(string? base64, out byte[] number)
    {
        number = [];
        if (string.IsNullOrEmpty(base64) || base64.Length > MaxUploadedLength)
            return false;
        var buffer = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, buffer, out var length))
            return false;
        number = SrpGroup.Minimal(buffer.AsSpan(0, length)).ToArray();
        return true;
    }
}
