using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Protocol;

namespace Lifeguard.Storage;

/// <summary>Fills the key ring from the database: the master key opens what the stores seal with.</summary>
/// <param name="masterKey">32 bytes. Without them nothing sealed in the database can ever be read
/// again.</param>
public sealed class KeyRingLoader(DataKeyStore store, KeyRing ring, RandomSource random, byte[] masterKey)
{
    /// <summary>Of the first data key, which every database in use has. That it is fixed lets only one node's
    /// key in.</summary>
    internal const string FirstId = "1";

    private const string MasterKeyId = "master";

    /// <summary>Loads all data keys, and makes the first one where there is none. Several nodes may start at
    /// once: they end up with the same key.</summary>
    /// <exception cref="CryptographicException">The master key does not belong to this database.</exception>
    public async Task Load(DateTimeOffset now, CancellationToken cancellation)
    {
        var stored = await store.List(cancellation);
        if (stored.Count == 0)
        {
            await store.Insert(NewKey(FirstId, now), cancellation);
            stored = await store.List(cancellation);
        }

        ring.Load(stored.Select(Unwrap), now);
    }

    /// <summary>Does the master key open what is there? Makes nothing, and loads nothing.</summary>
    /// <exception cref="CryptographicException">The master key does not belong to this database.</exception>
    public async Task Check(CancellationToken cancellation)
    {
        foreach (var key in await store.List(cancellation)) Unwrap(key);
    }

    /// <summary>Adds a data key, which seals as soon as all nodes have had the time to load it; the earlier
    /// ones go on opening.</summary>
    public async Task Rotate(DateTimeOffset now, CancellationToken cancellation)
    {
        var stored = await store.List(cancellation);
        var id = (stored.Count + 1).ToString(CultureInfo.InvariantCulture);
        await store.Insert(NewKey(id, now), cancellation);
        await Load(now, cancellation);
    }

    /// <summary>Wraps all data keys with another master key. Afterwards this one opens nothing.</summary>
    public async Task Rewrap(byte[] newMasterKey, CancellationToken cancellation)
    {
        var stored = await store.List(cancellation);
        var rewrapped = stored.Select(key => key with
        {
            Wrapped = Wrap(newMasterKey, key.Id, Unwrap(key).Key),
        });
        await store.Rewrap(rewrapped, cancellation);
    }

    private WrappedKey NewKey(string id, DateTimeOffset now) =>
        new(id, Wrap(masterKey, id, random.Bytes(SealedBox.KeyLength)), now);

    private byte[] Wrap(byte[] master, string id, byte[] key) =>
        SealedBox.Seal(master, MasterKeyId, random.Bytes(SealedBox.NonceLength), Bound(id), key);

    private DataKey Unwrap(WrappedKey key) =>
        SealedBox.TryOpen(masterKey, Bound(key.Id), key.Wrapped, out var opened)
            ? new(key.Id, opened, key.CreatedAt)
            : throw new CryptographicException(
                $"Data key {key.Id} does not open: the master key does not belong to this database.");

    private static byte[] Bound(string id) => Encoding.UTF8.GetBytes($"data-key\0{id}");
}
