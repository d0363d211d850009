using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// The server's half of the service's SRP-6a (RFC 5054 with the hash inputs and key derivation observed in
/// the service's clients). Serves users and devices alike: for a device, the group key stands where the pool
/// name stands and the device key where the user name stands.
/// </summary>
public static class SrpServer
{
    /// <summary>
    /// The most hexadecimal digits of SRP_A that are looked at; a reduced A has at most 768.
    /// </summary>
    public const int MaxPublicDigits = 1024;

    /// <summary>Length in bytes of the session key.</summary>
    public const int SessionKeyLength = 16;

    private static readonly byte[] KeyLabel = "Caldera Derived Key"u8.ToArray();

    /// <summary>
    /// Makes the key pair of one sign-in from random bytes (32 to 384) and the user's verifier.
    /// </summary>
    public static SrpKeyPair KeyPair(ReadOnlySpan<byte> randomB, ReadOnlySpan<byte> verifier) =>
        SrpEphemeral.From(randomB).For(verifier);

    /// <summary>
    /// Reads SRP_A. False when it is not hexadecimal, has more than 1024 digits, or is a multiple of N, which
    /// would make the session key independent of the password (RFC 5054 §2.5.4).
    /// </summary>
    public static bool TryParseA(string? hex, out byte[] clientPublic)
    {
        if (SrpHex.TryParse(hex, MaxPublicDigits, out clientPublic)
            && !(SrpGroup.Number(clientPublic) % SrpGroup.N).IsZero)
            return true;
        clientPublic = [];
        return false;
    }

    /// <summary>
    /// The 16-byte key both sides derive. Throws <see cref="CryptographicException"/> when A is a multiple of
    /// N or the scrambling value u is zero.
    /// </summary>
    /// <param name="clientPublic">A, as <see cref="TryParseA"/> read it.</param>
    /// <param name="serverPublic">B, as it was sent.</param>
    /// <param name="serverSecret">b.</param>
    /// <param name="verifier">v.</param>
    public static byte[] SessionKey(
        ReadOnlySpan<byte> clientPublic,
        ReadOnlySpan<byte> serverPublic,
        ReadOnlySpan<byte> serverSecret,
        ReadOnlySpan<byte> verifier)
    {
        var a = SrpGroup.Number(clientPublic) % SrpGroup.N;
        if (a.IsZero)
            throw new CryptographicException("The client's public value is a multiple of the modulus.");
        var u = Scrambling(clientPublic, serverPublic);
        var vu = SrpGroup.Number(ModularPower.Compute(verifier, u));
        var shared = ModularPower.Compute(SrpGroup.Bytes(a * vu % SrpGroup.N), serverSecret);
        var key = DeriveKey(shared, u);
        CryptographicOperations.ZeroMemory(shared);
        return key;
    }

    /// <summary>The 32 bytes a client proves its knowledge of the session key with.</summary>
    /// <param name="sessionKey">K.</param>
    /// <param name="poolName">The pool id after its first underscore, or a device's group key.</param>
    /// <param name="userId">The user name of USER_ID_FOR_SRP, or a device's key.</param>
    /// <param name="secretBlock">The raw bytes of SECRET_BLOCK.</param>
    /// <param name="timestamp">TIMESTAMP exactly as it was received.</param>
    public static byte[] ClaimSignature(
        ReadOnlySpan<byte> sessionKey,
        string poolName,
        string userId,
        ReadOnlySpan<byte> secretBlock,
        string timestamp)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, sessionKey);
        hmac.AppendData(Encoding.UTF8.GetBytes(poolName));
        hmac.AppendData(Encoding.UTF8.GetBytes(userId));
        hmac.AppendData(secretBlock);
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp));
        return hmac.GetHashAndReset();
    }

    /// <summary>
    /// Whether PASSWORD_CLAIM_SIGNATURE (standard base64) is the expected claim; compared in constant time.
    /// </summary>
    public static bool IsClaim(string? signatureBase64, ReadOnlySpan<byte> expected)
    {
        // 32 bytes are 44 characters; anything else need not be decoded.
        if (signatureBase64 is not { Length: 44 })
            return false;
        Span<byte> presented = stackalloc byte[33];
        return Convert.TryFromBase64String(signatureBase64, presented, out var length)
            && CryptographicOperations.FixedTimeEquals(presented[..length], expected);
    }

    internal static byte[] Scrambling(ReadOnlySpan<byte> clientPublic, ReadOnlySpan<byte> serverPublic)
    {
        var u = SHA256.HashData([.. SrpGroup.Pad(clientPublic), .. SrpGroup.Pad(serverPublic)]);
        if (!u.AsSpan().ContainsAnyExcept((byte)0))
            throw new CryptographicException("The scrambling value is zero.");
        return u;
    }

    internal static byte[] DeriveKey(ReadOnlySpan<byte> shared, ReadOnlySpan<byte> u)
    {
        var key = new byte[SessionKeyLength];
        var secret = SrpGroup.Pad(shared);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, SrpGroup.Pad(u), KeyLabel);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }
}
