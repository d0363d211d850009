namespace Lifeguard.Storage;

/// <summary>Removes what is left of deleted pools, a bounded number of rows at a time.</summary>
internal sealed class Purge(Database database)
{
    private const string NextDeleted =
        "SELECT pool_id FROM user_pool WHERE deleted_ms IS NOT NULL ORDER BY deleted_ms, pool_id LIMIT 1";

    private const string Forget = "DELETE FROM user_pool WHERE pool_id = @pool_id AND deleted_ms IS NOT NULL";

    public async Task<bool> Some(int limit, CancellationToken cancellation)
    {
        var poolId = await database.Sql(NextDeleted).First(row => row.Text(0), cancellation);
        if (poolId is null) return false;
        if (!await Empty(poolId, limit, cancellation)) return true;
        await database.Write(
            transaction => transaction.Sql(Forget).With("pool_id", poolId).Execute(cancellation),
            cancellation);
        return true;
    }

    /// <summary>Removes up to <paramref name="limit"/> rows of a pool from each table; true once none is
    /// left.</summary>
    public async Task<bool> Empty(string poolId, int limit, CancellationToken cancellation)
    {
        var emptied = true;
        foreach (var (table, key) in Tables.OfPools)
            emptied &= await Remove(table, key, poolId, limit, cancellation) < limit;
        return emptied;
    }

    // A transaction for each table, so that the SQLite writer is never held for long.
    private Task<int> Remove(
        string table, string key, string poolId, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction
            .Sql(
                $"""
                DELETE FROM {table} WHERE pool_id = @pool_id AND ({key}) IN
                  (SELECT {key} FROM {table} WHERE pool_id = @pool_id LIMIT @limit)
                """)
            .With("pool_id", poolId)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);
}
