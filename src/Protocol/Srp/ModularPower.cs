using System.Numerics;

namespace Lifeguard.Protocol.Srp;

/// <summary>Powers modulo N, by the fastest and safest arithmetic the machine offers.</summary>
internal static class ModularPower
{
    /// <summary>
    /// base^exponent mod N as exactly 384 bytes, unsigned big-endian. Where OpenSSL is at hand, the time
    /// taken depends on the exponent's length only; elsewhere the runtime's own arithmetic is used.
    /// </summary>
    public static byte[] Compute(ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent) =>
        OpenSslNumbers.IsAvailable ? OpenSslPower.Compute(number, exponent) : Managed(number, exponent);

    /// <summary>The same for the base g, in a quarter of the time where the exponent has 32 bytes at
    /// most.</summary>
    public static byte[] OfGenerator(ReadOnlySpan<byte> exponent) =>
        OpenSslNumbers.IsAvailable && exponent.Length <= GeneratorPower.MaxExponentLength
            ? GeneratorPower.Compute(exponent)
            : Compute(SrpGroup.Bytes(SrpGroup.G), exponent);

    /// <summary>
    /// The same by <see cref="BigInteger"/>, whose time does depend on the exponent's bits.
    /// </summary>
    internal static byte[] Managed(ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent)
    {
        var power = BigInteger.ModPow(SrpGroup.Number(number), SrpGroup.Number(exponent), SrpGroup.N);
        var minimal = SrpGroup.Bytes(power);
        var result = new byte[SrpGroup.ByteLength];
        minimal.CopyTo(result.AsSpan(result.Length - minimal.Length));
        return result;
    }
}
