using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>
/// The keys of each pool. Its own are derived from the data keys and stand nowhere; those of a deployment
/// that it came from are sealed rows, which only open what was sealed there.
/// </summary>
public sealed class PoolKeyStore
{
    internal const string Purpose = "pool-key";

    private const string OfPool = "SELECT key_id, sealed FROM pool_key WHERE pool_id = @pool_id";

    private readonly Database database;
    private readonly Sealer sealer;
    private readonly KeyRing ring;
    private readonly Cache<IReadOnlyList<PoolKey>> brought;

    public PoolKeyStore(Database database, Sealer sealer, KeyRing ring)
    {
        this.database = database;
        this.sealer = sealer;
        this.ring = ring;
        brought = new(database.Clock);
        database.Changes.Subscribe(PoolStore.Topic, Forget);
    }

    /// <summary>The key that seals for the pool.</summary>
    public PoolKey Active(string poolId) => PoolKey.Derive(ring.Active, poolId);

    /// <summary>With what this deployment may have sealed for the pool under a data key of that id: the
    /// pool's own key, and the data key itself, which did before pools had keys.</summary>
    public IReadOnlyList<byte[]> Own(string poolId, string dataKeyId) => ring.Find(dataKeyId) is { } from
        ? [PoolKey.Derive(from, poolId).Key, from.Key]
        : [];

    /// <summary>With what another deployment may have, before the pool came from there. Each of them counts
    /// its data keys from 1, so there may be several.</summary>
    public async Task<IReadOnlyList<byte[]>> Brought(
        string poolId, string dataKeyId, CancellationToken cancellation)
    {
        var all = await brought.Get(poolId, async () => await database.Sql(OfPool)
            .With("pool_id", poolId)
            .All(
                row => new PoolKey(poolId, row.Text(0), Open(sealer, poolId, row.Text(0), row.Bytes(1))),
                cancellation));
        return [.. all!.Where(key => key.DataKeyId == dataKeyId).Select(key => key.Key)];
    }

    /// <summary>The bytes of a key that was brought from elsewhere.</summary>
    internal static byte[] Open(Sealer sealer, string poolId, string keyId, byte[] box) =>
        sealer.MustOpen(Purpose, $"{poolId}/{keyId}", box);

    private void Forget(string? poolId)
    {
        if (poolId is null) brought.Clear();
        else brought.Remove(poolId);
    }
}
