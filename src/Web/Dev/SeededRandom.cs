using System.Buffers.Binary;
using System.Security.Cryptography;
using Lifeguard.Domain;

namespace Lifeguard.Web.Dev;

/// <summary>The same bytes for the same seed: HMAC-SHA256 over a counter. For the codes of tests, never for
/// secrets.</summary>
public sealed class SeededRandom(long seed) : RandomSource
{
    private readonly Lock gate = new();
    private readonly byte[] key = Key(seed);
    private readonly Queue<byte> ready = new();
    private long counter;

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination)
    {
        lock (gate)
        {
            for (var i = 0; i < destination.Length; i++)
            {
                if (ready.Count == 0) MakeMore();
                destination[i] = ready.Dequeue();
            }
        }
    }

    /// <exception cref="NotSupportedException">Always: keys cannot be seeded.</exception>
    public override RSA RsaKey() => throw new NotSupportedException("Keys cannot be drawn from a seed.");

    private void MakeMore()
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, counter++);
        foreach (var value in HMACSHA256.HashData(key, number)) ready.Enqueue(value);
    }

    private static byte[] Key(long seed)
    {
        var key = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(key, seed);
        return key;
    }
}
