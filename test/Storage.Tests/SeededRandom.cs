using System.Buffers.Binary;
using System.Security.Cryptography;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

/// <summary>The same bytes in every run: hashes of a counter.</summary>
internal sealed class SeededRandom : RandomSource
{
    private long counter;

    public override void Fill(Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[32];
        Span<byte> input = stackalloc byte[8];
        while (destination.Length > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(input, Interlocked.Increment(ref counter));
            SHA256.HashData(input, block);
            var length = Math.Min(block.Length, destination.Length);
            block[..length].CopyTo(destination);
            destination = destination[length..];
        }
    }

    public override RSA RsaKey() => RSA.Create(2048);
}
