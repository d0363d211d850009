using System.Security.Cryptography;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// The server's secret of one sign-in and its power, (b, g^b). Does not depend on the user, so a stock can
/// be prepared ahead; each may serve one sign-in only.
/// </summary>
/// <param name="Secret">b, unsigned big-endian, at least 256 random bits.</param>
/// <param name="Power">g^b mod N, unsigned big-endian.</param>
public sealed record SrpEphemeral(byte[] Secret, byte[] Power)
{
    /// <summary>The fewest random bytes that make a secret (RFC 5054 §2.6 asks for 256 bits).</summary>
    public const int MinSecretLength = 32;

    /// <summary>Raises g to the given random bytes, 32 to 384 of them; the slow half of a key pair.</summary>
    public static SrpEphemeral From(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(random.Length, MinSecretLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(random.Length, SrpGroup.ByteLength);
        if (!random.ContainsAnyExcept((byte)0))
            throw new ArgumentException("The secret must not be zero.", nameof(random));
        return new(random.ToArray(), ModularPower.OfGenerator(random));
    }

    /// <summary>
    /// The key pair for one user, B = (k·v + g^b) mod N; the cheap half.
    /// Throws <see cref="CryptographicException"/> when B is zero, which chance does not bring about.
    /// </summary>
    public SrpKeyPair For(ReadOnlySpan<byte> verifier)
    {
        var sum = SrpGroup.K * SrpGroup.Number(verifier) + SrpGroup.Number(Power);
        var b = sum % SrpGroup.N;
        if (b.IsZero)
            throw new CryptographicException("The server's public value is zero.");
        return new(Secret, SrpGroup.Bytes(b));
    }
}

/// <summary>The server's side of one sign-in.</summary>
/// <param name="Secret">b, unsigned big-endian; to be sealed, never sent.</param>
/// <param name="Public">
/// B, unsigned big-endian without leading zeros; SRP_B is its <see cref="SrpHex"/>.
/// </param>
public sealed record SrpKeyPair(byte[] Secret, byte[] Public);
