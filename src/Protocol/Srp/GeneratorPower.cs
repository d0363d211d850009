using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// Powers of g modulo N, which every new verifier and every sign-in asks for: from a table of powers of g, by
/// one multiplication for each four bits of the exponent and no squaring (fixed-base windowing, Handbook of
/// Applied Cryptography §14.6.3). OpenSSL multiplies. Each exponent takes the same multiplications and reads
/// the whole table.
/// </summary>
internal static class GeneratorPower
{
    /// <summary>The longest exponent in bytes: a SHA-256 value, or the secret of a sign-in.</summary>
    public const int MaxExponentLength = 32;

    private const int Positions = 2 * MaxExponentLength;

    /// <summary>g^exponent mod N as exactly 384 bytes, for an exponent of at most
    /// <see cref="MaxExponentLength"/> bytes, unsigned big-endian. Callable from many threads at
    /// once.</summary>
    public static byte[] Compute(ReadOnlySpan<byte> exponent)
    {
        Span<byte> digits = stackalloc byte[Positions];
        Span<byte> factor = stackalloc byte[SrpGroup.ByteLength];
        nint scratch = 0, power = 0, number = 0;
        try
        {
            Split(exponent, digits);
            scratch = OpenSslNumbers.NewScratch();
            power = OpenSslNumbers.New();
            number = OpenSslNumbers.New();
            for (var position = 0; position < Positions; position++)
            {
                Table.Shared.Read(position, digits[position], factor);
                OpenSslNumbers.Load(position == 0 ? power : number, factor);
                if (position > 0) OpenSslNumbers.Multiply(power, power, number, scratch);
            }

            OpenSslNumbers.Leave(power, scratch);
            var result = new byte[SrpGroup.ByteLength];
            OpenSslNumbers.Export(power, result);
            return result;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(digits);
            CryptographicOperations.ZeroMemory(factor);
            OpenSslNumbers.Free(number);
            OpenSslNumbers.Free(power);
            OpenSslNumbers.FreeScratch(scratch);
        }
    }

    /// <summary>Four bits each, the lowest first.</summary>
    private static void Split(ReadOnlySpan<byte> exponent, Span<byte> digits)
    {
        digits.Clear();
        for (var i = 0; i < exponent.Length; i++)
        {
            var value = exponent[^(i + 1)];
            digits[2 * i] = (byte)(value & 0xf);
            digits[2 * i + 1] = (byte)(value >> 4);
        }
    }

    /// <summary>
    /// For each position i of a digit d the number g^((d+1)·16^i), in Montgomery form. Not d, since a factor
    /// of one would be a shorter number and take a shorter time; the first position makes up for what is too
    /// much in all of them. 384 KiB, made when the first power is asked for.
    /// </summary>
    private sealed class Table
    {
        private const int Digits = 16;

        public static readonly Table Shared = new();

        private readonly byte[] entries = new byte[Positions * Digits * SrpGroup.ByteLength];

        private Table()
        {
            var scratch = OpenSslNumbers.NewScratch();
            var step = OpenSslNumbers.Import(SrpGroup.Bytes(SrpGroup.G));
            var entry = OpenSslNumbers.New();
            OpenSslNumbers.Enter(step, scratch);
            for (var position = 0; position < Positions; position++)
            {
                OpenSslNumbers.Load(entry, position == 0 ? Correction() : [1]);
                OpenSslNumbers.Enter(entry, scratch);
                for (var digit = 0; digit < Digits; digit++)
                {
                    OpenSslNumbers.Multiply(entry, entry, step, scratch);
                    OpenSslNumbers.Export(entry, Entry(position, digit));
                }

                for (var square = 1; square < Digits; square *= 2)
                    OpenSslNumbers.Multiply(step, step, step, scratch);
            }

            OpenSslNumbers.Free(entry);
            OpenSslNumbers.Free(step);
            OpenSslNumbers.FreeScratch(scratch);
        }

        /// <summary>Copies an entry out. Reads all of its position, so that no cache tells which one it
        /// was.</summary>
        public void Read(int position, byte digit, Span<byte> into)
        {
            ref var first = ref MemoryMarshal.GetReference(Entry(position, 0));
            var wanted = Vector256.Create(digit);
            for (var part = 0; part < SrpGroup.ByteLength; part += Vector256<byte>.Count)
            {
                var found = Vector256<byte>.Zero;
                for (byte each = 0; each < Digits; each++)
                {
                    var entry = Vector256.LoadUnsafe(ref first, (nuint)(each * SrpGroup.ByteLength + part));
                    found |= entry & Vector256.Equals(Vector256.Create(each), wanted);
                }

                found.CopyTo(into[part..]);
            }
        }

        /// <summary>g^-(1 + 16 + 16² + …).</summary>
        private static byte[] Correction()
        {
            var tooMuch = new byte[MaxExponentLength];
            tooMuch.AsSpan().Fill(0x11);
            var inverse = (SrpGroup.N + 1) / SrpGroup.G;
            return OpenSslPower.Compute(SrpGroup.Bytes(inverse), tooMuch);
        }

        private Span<byte> Entry(int position, int digit) => entries.AsSpan(
            (position * Digits + digit) * SrpGroup.ByteLength, SrpGroup.ByteLength);
    }
}
