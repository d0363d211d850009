using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>The pools' signing keys, ready to sign and verify. Parsed keys are kept; which key is in force is
/// asked of the store each time, so a rotation takes effect at once.</summary>
public sealed class TokenKeys(PoolStore pools) : IDisposable
{
    private readonly ConcurrentDictionary<string, LoadedKey> loaded = new(StringComparer.Ordinal);

    /// <summary>The key that signs tokens of <paramref name="use"/> now.</summary>
    public async Task<LoadedKey> Active(
        string poolId, TokenUse use, DateTimeOffset now, CancellationToken cancellation)
    {
        var keys = await pools.SigningKeys(poolId, cancellation);
        return Load(SigningKey.InForce(keys, use, now)
            ?? throw new InvalidOperationException($"Pool {poolId} has no active key for {use} tokens."));
    }

    /// <summary>The key of that id for tokens of
    /// <paramref name="use"/>, retired or not; null for none.</summary>
    public async Task<LoadedKey?> Find(
        string poolId, string keyId, TokenUse use, CancellationToken cancellation)
    {
        var keys = await pools.SigningKeys(poolId, cancellation);
        return keys.FirstOrDefault(key => key.KeyId == keyId && key.Use == use) is { } found
            ? Load(found)
            : null;
    }

    /// <summary>The keys of the pool that its JWKS shows: those that sign, are going to, or have signed what
    /// may still be good.</summary>
    public async Task<IReadOnlyList<LoadedKey>> Published(
        string poolId, DateTimeOffset now, CancellationToken cancellation) =>
        [.. (await pools.SigningKeys(poolId, cancellation)).Where(key => key.IsPublished(now)).Select(Load)];

    public void Dispose()
    {
        foreach (var key in loaded.Values) key.Dispose();
    }

    private LoadedKey Load(SigningKey key) =>
        loaded.GetOrAdd($"{key.PoolId}/{key.KeyId}", static (_, key) => new LoadedKey(key), key);
}

/// <summary>A signing key as RSA objects. An RSA object serves
/// one thread at a time, so several are kept.</summary>
public sealed class LoadedKey(SigningKey key) : IDisposable
{
    private readonly ConcurrentBag<RSA> idle = [];

    public string KeyId => key.KeyId;

    /// <summary>Lends an RSA object to <paramref name="use"/>.</summary>
    public T With<T>(Func<RSA, T> use)
    {
        if (!idle.TryTake(out var rsa))
        {
            rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(key.PrivateKey, out _);
        }

        try
        {
            return use(rsa);
        }
        finally
        {
            idle.Add(rsa);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var rsa)) rsa.Dispose();
    }
}
