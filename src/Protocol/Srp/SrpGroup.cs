using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// The numbers both sides of SRP agree on: the 3072-bit group of RFC 5054 appendix A, SHA-256, and the
/// service's own rule for turning a number into bytes before hashing (observed in its clients).
/// Numbers travel through this namespace as unsigned big-endian bytes.
/// </summary>
public static class SrpGroup
{
    /// <summary>Length in bytes of the modulus and of every reduced number.</summary>
    public const int ByteLength = 384;

    private const string ModulusHex =
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74" +
        "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437" +
        "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED" +
        "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05" +
        "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB" +
        "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B" +
        "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718" +
        "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33" +
        "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7" +
        "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864" +
        "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2" +
        "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

    /// <summary>The modulus, a safe prime of 3072 bits.</summary>
    public static BigInteger N { get; } = BigInteger.Parse("0" + ModulusHex, NumberStyles.HexNumber);

    /// <summary>The generator, 2.</summary>
    public static BigInteger G { get; } = new(2);

    /// <summary>The multiplier, SHA-256 of Pad(N) followed by Pad(g).</summary>
    public static BigInteger K { get; } = Number(SHA256.HashData([.. Pad(Bytes(N)), .. Pad(Bytes(G))]));

    /// <summary>
    /// The bytes of a number as the service hashes it: as few as possible, with one 00 in front when the
    /// first bit is set; zero is a single 00. Not the padding to the modulus's length of RFC 5054.
    /// </summary>
    public static byte[] Pad(ReadOnlySpan<byte> number)
    {
        var minimal = Minimal(number);
        if (!minimal.IsEmpty && minimal[0] < 0x80)
            return minimal.ToArray();
        return [0, .. minimal];
    }

    internal static BigInteger Number(ReadOnlySpan<byte> number) =>
        new(number, isUnsigned: true, isBigEndian: true);

    internal static byte[] Bytes(BigInteger number) =>
        number.ToByteArray(isUnsigned: true, isBigEndian: true);

    internal static ReadOnlySpan<byte> Minimal(ReadOnlySpan<byte> number) => number.TrimStart((byte)0);
}
