using System.Data.Common;

namespace Lifeguard.Storage.Transfer;

/// <summary>Which pools are being brought in, and how far each has come.</summary>
public sealed class PoolImportRows(Database database)
{
    /// <summary>In place of a number of parts, while they are being taken out again.</summary>
    internal const long Discarding = -1;

    private const string Columns = "pool_id, source, parts, started_ms, changed_ms";

    private const string Add =
        """
        INSERT INTO pool_import (pool_id, source, parts, started_ms, changed_ms)
        VALUES (@pool_id, @source, 0, @now, @now)
        ON CONFLICT (pool_id) DO NOTHING
        """;

    private const string Step =
        """
        UPDATE pool_import SET parts = @parts, changed_ms = @now
        WHERE pool_id = @pool_id AND source = @source AND parts = @before
        """;

    /// <summary>The import of that pool; null where none is under way.</summary>
    public Task<UnfinishedPool?> Find(string poolId, CancellationToken cancellation) => database
        .Sql($"SELECT {Columns} FROM pool_import WHERE pool_id = @pool_id")
        .With("pool_id", poolId)
        .First(Read, cancellation);

    /// <summary>All of them, in the order of the pools' ids.</summary>
    public async Task<IReadOnlyList<UnfinishedPool>> List(CancellationToken cancellation) => await database
        .Sql($"SELECT {Columns} FROM pool_import ORDER BY pool_id")
        .All(Read, cancellation);

    /// <summary>Begins; false where the pool is being brought in already.</summary>
    internal async Task<bool> Begin(
        Transaction transaction,
        string poolId,
        string source,
        DateTimeOffset now,
        CancellationToken cancellation) => await transaction.Sql(Add)
        .With("pool_id", poolId)
        .With("source", source)
        .With("now", now)
        .Execute(cancellation) == 1;

    /// <summary>Notes that one more part is in the tables, in the transaction that put it there.</summary>
    /// <exception cref="TransferException">Somebody else has gone on with it meanwhile.</exception>
    internal async Task Advance(
        Transaction transaction,
        UnfinishedPool import,
        long before,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var stepped = await transaction.Sql(Step)
            .With("pool_id", import.PoolId)
            .With("source", import.Source)
            .With("before", before)
            .With("parts", before + 1)
            .With("now", now)
            .Execute(cancellation);
        if (stepped == 0)
        {
            throw new TransferException(
                $"Pool {import.PoolId} is being brought in, or taken out again, by somebody else as well.");
        }
    }

    /// <summary>From here on nobody can go on with it.</summary>
    internal Task Abandon(
        Transaction transaction,
        string poolId,
        DateTimeOffset now,
        CancellationToken cancellation) => transaction
        .Sql("UPDATE pool_import SET parts = @parts, changed_ms = @now WHERE pool_id = @pool_id")
        .With("pool_id", poolId)
        .With("parts", Discarding)
        .With("now", now)
        .Execute(cancellation);

    internal Task Remove(Transaction transaction, string poolId, CancellationToken cancellation) =>
        transaction.Sql("DELETE FROM pool_import WHERE pool_id = @pool_id")
            .With("pool_id", poolId)
            .Execute(cancellation);

    private static UnfinishedPool Read(DbDataReader row) =>
        new(row.Text(0), row.Text(1), row.Number(2), row.Instant(3), row.Instant(4));
}

/// <summary>A pool that is being brought in and does not exist yet.</summary>
/// <param name="Source">The id of the file, or what is being cloned.</param>
/// <param name="Parts">How many parts are in the tables; negative while they are being taken out.</param>
public sealed record UnfinishedPool(
    string PoolId, string Source, long Parts, DateTimeOffset StartedAt, DateTimeOffset ChangedAt);
