using System.Collections.Concurrent;
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

    private readonly ConcurrentQueue<RSA> ready = new();
    private int isPreparing;
    private volatile bool isDisposed;

    /// <summary>How many keys wait to be taken.</summary>
    public int ReadyKeys => ready.Count;

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

    /// <inheritdoc/>
    public override RSA RsaKey()
    {
        var key = ready.TryDequeue(out var prepared) ? prepared : NewKey();
        PrepareKeys();
        return key;
    }

    /// <summary>Makes keys ahead in the background; returns at once. To be called when the server listens, so
    /// that the work does not delay the start; afterwards each key taken is replaced by itself.</summary>
    public void PrepareKeys()
    {
        if (Interlocked.Exchange(ref isPreparing, 1) == 0) _ = Task.Run(FillUp);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        while (ready.TryDequeue(out var key)) key.Dispose();
    }

    private void FillUp()
    {
        while (!isDisposed && ready.Count < KeysKeptReady) ready.Enqueue(NewKey());
        Volatile.Write(ref isPreparing, 0);
        if (isDisposed) Dispose();
        // A key taken between the last look and the release of the flag found the flag still set.
        else if (ready.Count < KeysKeptReady) PrepareKeys();
    }

    private static RSA NewKey()
    {
        var key = RSA.Create(KeyBits);
        // OpenSSL's keys come into being at the first use, which must not be the caller's.
        _ = key.ExportRSAPublicKey();
        return key;
    }
}
