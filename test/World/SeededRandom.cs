using System.Buffers.Binary;
using System.Security.Cryptography;
using Lifeguard.Domain;

namespace Lifeguard.Worlds;

/// <summary>The same bytes in every run: SHA-256 over a counter. RSA keys, which no seed can make, come from
/// fixtures in turn.</summary>
public sealed class SeededRandom(int seed) : RandomSource
{
    private const int FixtureKeys = 4;

    private readonly Lock gate = new();
    private readonly Queue<byte> ready = new();
    private long counter;
    private int keysTaken;

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

    public override RSA RsaKey()
    {
        var number = (Interlocked.Increment(ref keysTaken) - 1) % FixtureKeys;
        using var stream = typeof(SeededRandom).Assembly.GetManifestResourceStream($"key{number + 1}.pem")!;
        using var reader = new StreamReader(stream);
        var rsa = RSA.Create();
        rsa.ImportFromPem(reader.ReadToEnd());
        return rsa;
    }

    private void MakeMore()
    {
        Span<byte> input = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(input, seed);
        BinaryPrimitives.WriteInt64BigEndian(input[4..], counter++);
        foreach (var value in SHA256.HashData(input)) ready.Enqueue(value);
    }
}
