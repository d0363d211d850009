using System.Data.Common;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Transfer;

/// <summary>
/// Puts the parts of a pool into the tables, a transaction each, and notes in the same transaction how far it
/// has come. Until <see cref="Complete"/> the pool has no row of its own: no call finds it, no page lists it.
/// </summary>
public sealed class PoolArrival(Database database, Sealer sealer, PoolImportRows imports)
{
    // The instant of deletion, or -1 for a pool in use.
    private const string Known = "SELECT COALESCE(deleted_ms, -1) FROM user_pool WHERE pool_id = @pool_id";

    private const int RemovedAtOnce = 1000;

    /// <summary>Begins, or finds what was begun from the same source.</summary>
    /// <exception cref="TransferException">The pool exists, or comes from elsewhere.</exception>
    internal async Task<UnfinishedPool> Begin(
        string poolId, string source, DateTimeOffset now, CancellationToken cancellation)
    {
        await MustNotExist(poolId, cancellation);
        var begun = new UnfinishedPool(poolId, source, 0, now, now);
        if (await database.Write(
            async transaction =>
            {
                if (!await imports.Begin(transaction, poolId, source, now, cancellation)) return false;
                // Rows without a pool, such as of a call that was late when the pool was deleted, would be in
                // the way.
                foreach (var (table, _) in Tables.OfPools)
                {
                    await transaction.Sql($"DELETE FROM {table} WHERE pool_id = @pool_id")
                        .With("pool_id", poolId)
                        .Execute(cancellation);
                }

                return true;
            },
            cancellation))
        {
            return begun;
        }

        var earlier = await imports.Find(poolId, cancellation) ?? begun;
        if (earlier.Source == source && earlier.Parts >= 0) return earlier;
        throw new TransferException(earlier.Parts < 0
            ? $"What was brought in of pool {poolId} is being discarded; finish that with --discard."
            : $"Pool {poolId} is being brought in from another source; take that out with --discard.");
    }

    /// <summary>Adds a part.</summary>
    /// <param name="before">How many parts there are already.</param>
    internal async Task Add(
        UnfinishedPool import,
        long before,
        IReadOnlyList<PoolRow> rows,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var writer = new PoolRowWriter(sealer, import.PoolId);
        PoolRow[] stored = [.. rows.Select(writer.Seal)];
        await Write(
            import,
            async transaction =>
            {
                await imports.Advance(transaction, import, before, now, cancellation);
                await writer.Insert(transaction, stored, cancellation);
            },
            cancellation);
    }

    /// <summary>From here on the pool exists: on this node at once, on all others within
    /// moments.</summary>
    internal Task Complete(
        UnfinishedPool import, long before, PoolRow pool, DateTimeOffset now, CancellationToken cancellation)
    {
        var writer = new PoolRowWriter(sealer, import.PoolId);
        return Write(
            import,
            async transaction =>
            {
                await imports.Advance(transaction, import, before, now, cancellation);
                await writer.Insert(transaction, [writer.Seal(pool)], cancellation);
                await imports.Remove(transaction, import.PoolId, cancellation);
                transaction.Announce($"{PoolStore.Topic}:{import.PoolId}");
            },
            cancellation);
    }

    /// <summary>Takes out all that was brought in of a pool that is not complete; false where there is
    /// nothing.</summary>
    public async Task<bool> Discard(string poolId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await imports.Find(poolId, cancellation) is null) return false;
        await database.Write(
            transaction => imports.Abandon(transaction, poolId, now, cancellation), cancellation);
        var purge = new Purge(database);
        while (!await purge.Empty(poolId, RemovedAtOnce, cancellation))
            cancellation.ThrowIfCancellationRequested();
        await database.Write(
            transaction => imports.Remove(transaction, poolId, cancellation), cancellation);
        return true;
    }

    private async Task Write(
        UnfinishedPool import, Func<Transaction, Task> work, CancellationToken cancellation)
    {
        try
        {
            await database.Write(work, cancellation);
        }
        catch (DbException error) when (database.Dialect.IsUniqueViolation(error))
        {
            throw new TransferException(
                $"Something of pool {import.PoolId} belongs to another pool here, such as the id of an app "
                + $"client: {error.Message}");
        }
    }

    private async Task MustNotExist(string poolId, CancellationToken cancellation)
    {
        if (await database.Sql(Known).With("pool_id", poolId).Number(cancellation) is not { } deletedAt)
            return;
        throw new TransferException(deletedAt >= 0
            ? $"Pool {poolId} has been deleted here and is still being removed; try again in some minutes."
            : $"Pool {poolId} exists here already.");
    }
}
