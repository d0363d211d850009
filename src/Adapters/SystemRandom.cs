using System.Security.Cryptography;
using Lifeguard.Domain;

namespace Lifeguard.Adapters;

/// <summary>
/// Randomness of the operating system. A new RSA key takes a tenth of a second and more, so a few are kept
/// ready: a new pool, which needs two, then need not wait.
/// </summary>
public sealed class SystemRandom : RandomSource, IDisposable
{
    private const int KeyBits = 2048;
    private const int KeysKeptReady = 4;
    private const int SmallBytes = 64;
    private const int DrawnBytes = 512;

    [ThreadStatic]
    private static byte[]? drawn;

    [ThreadStatic]
    private static int left;

    private readonly Lock gate = new();
    private readonly Queue<RSA> ready = new();
    private Task filling = Task.CompletedTask;
    private bool isFilling;
    private bool isDisposed;

    /// <summary>How many keys wait to be taken.</summary>
    public int ReadyKeys
    {
        get
        {
            lock (gate) return ready.Count;
        }
    }

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination)
    {
        if (destination.Length > SmallBytes)
        {
            RandomNumberGenerator.Fill(destination);
            return;
        }

        // Asking costs as much for hundreds of bytes as for the sixteen of an id, which is what is mostly
        // wanted. What has been given out is erased.
        var store = drawn ??= new byte[DrawnBytes];
        if (left < destination.Length)
        {
            RandomNumberGenerator.Fill(store);
            left = store.Length;
        }

        left -= destination.Length;
        var given = store.AsSpan(left, destination.Length);
        given.CopyTo(destination);
        given.Clear();
    }

    /// <inheritdoc/>
    public override RSA RsaKey()
    {
        RSA? key;
        lock (gate) ready.TryDequeue(out key);
        _ = PrepareKeys();
        return key ?? NewKey();
    }

    /// <summary>Makes keys ahead in the background and returns at once; the task ends when all are ready. To
    /// be called when the server listens, so that the work does not delay the start; afterwards each key that
    /// is taken is replaced by itself.</summary>
    public Task PrepareKeys()
    {
        lock (gate)
        {
            if (isFilling || isDisposed || ready.Count >= KeysKeptReady) return filling;
            isFilling = true;
            return filling = Task.Run(FillUp);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            while (ready.TryDequeue(out var key)) key.Dispose();
        }
    }

    private void FillUp()
    {
        while (true)
        {
            lock (gate)
            {
                isFilling = !isDisposed && ready.Count < KeysKeptReady;
                if (!isFilling) return;
            }

            var key = NewKey();
            lock (gate)
            {
                if (!isDisposed) ready.Enqueue(key);
                else key.Dispose();
            }
        }
    }

    private static RSA NewKey()
    {
        var key = RSA.Create(KeyBits);
        // OpenSSL's keys come into being at the first use, which must not be the caller's.
        _ = key.ExportRSAPublicKey();
        return key;
    }
}
