using Lifeguard.Domain;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.Transfer;

namespace Lifeguard.Storage.Transfer;

/// <summary>
/// Writes a pool with all that is in it to one file: the state of one instant, while the pool goes on. With
/// it go the keys that open its refresh tokens, and none that open anything of another pool.
/// </summary>
public sealed class PoolExport(Database database, Sealer sealer, KeyRing ring, RandomSource random)
{
    /// <summary>To whoever knows the passphrase.</summary>
    public Task<PoolContents> ToPassphrase(
        PoolExportOrder order, string passphrase, Stream destination, CancellationToken cancellation)
    {
        var locked = new FileLock.Passphrase(
            order.Cost ?? FileLock.Passphrase.DefaultCost, random.Bytes(Argon2idHash.SaltLength));
        var head = Head(order, locked);
        return Write(order, head, FileKeys.From(passphrase, locked, head.FileId), destination, cancellation);
    }

    /// <summary>To the holder of a secret key.</summary>
    /// <exception cref="TransferException">The public key is one of the few that fit every
    /// secret.</exception>
    public Task<PoolContents> ToRecipient(
        PoolExportOrder order,
        TransferPublicKey recipient,
        Stream destination,
        CancellationToken cancellation)
    {
        var ephemeral = TransferIdentity.From(random.Bytes(TransferIdentity.Length));
        var locked = new FileLock.Recipient(recipient, ephemeral.PublicKey);
        var head = Head(order, locked);
        var keys = FileKeys.ForWriter(ephemeral, locked, head.FileId)
            ?? throw new TransferException("Nothing can be sealed to this public key.");
        return Write(order, head, keys, destination, cancellation);
    }

    private PoolFileHead Head(PoolExportOrder order, FileLock locked) =>
        new(random.Bytes(FileKeys.FileIdLength), order.PoolId, order.Now, locked);

    private Task<PoolContents> Write(
        PoolExportOrder order,
        PoolFileHead head,
        FileKeys keys,
        Stream destination,
        CancellationToken cancellation) => database.Snapshot(
        async snapshot =>
        {
            var rows = new PoolRowReader(sealer, snapshot, order.PoolId);
            var pool = await rows.Pool(cancellation) ?? throw Reject.PoolNotFound(order.PoolId);
            using var file = new PoolFileWriter(destination, head, keys);
            await file.Begin(PoolCatalogue.Travelling, cancellation);
            foreach (var table in PoolCatalogue.Travelling.Where(table => table != PoolCatalogue.Pool))
                await Write(order, rows, table, file, cancellation);
            return await file.End(pool, order.Issuer, cancellation);
        },
        cancellation);

    private async Task Write(
        PoolExportOrder order,
        PoolRowReader rows,
        PoolTable table,
        PoolFileWriter file,
        CancellationToken cancellation)
    {
        var done = 0L;
        var isKeys = table.Name == "pool_key";
        var known = new HashSet<string>();
        await foreach (var page in rows.Pages(table, cancellation))
        {
            foreach (var row in page)
            {
                await file.Add(row, cancellation);
                if (isKeys) known.Add((string)row["key_id"]!);
            }

            done += page.Count;
            order.Report?.Invoke(table.Name, done);
        }

        if (!isKeys) return;
        foreach (var key in OwnKeys(order.PoolId).Where(key => !known.Contains(key.Id)))
            await file.Add(table.Row(("key_id", key.Id), ("sealed", key.Key)), cancellation);
    }

    /// <summary>What this deployment has sealed with for the pool. Where the pool itself came from elsewhere
    /// it has brought its stand-in key along, which is among its rows.</summary>
    private IEnumerable<PoolKey> OwnKeys(string poolId) =>
    [
        .. ring.All.Select(dataKey => PoolKey.Derive(dataKey, poolId)), PoolKey.StandIn(ring.Oldest, poolId),
    ];
}

/// <summary>What is to be exported.</summary>
/// <param name="Issuer">What stands before the pool id in tokens; null where it is not known.</param>
public sealed record PoolExportOrder(string PoolId, string? Issuer, DateTimeOffset Now)
{
    /// <summary>What a guess at the passphrase costs; by default much.</summary>
    public Argon2idParameters? Cost { get; init; }

    /// <summary>Hears the table and how many of its rows are written.</summary>
    public Action<string, long>? Report { get; init; }
}
