namespace Lifeguard.Storage.Transfer;

/// <summary>Exact numbers for administrators, who can wait for them.</summary>
public sealed class PoolSizes(Database database)
{
    public Task<long> Users(string poolId, CancellationToken cancellation) =>
        Count("SELECT COUNT(*) FROM users WHERE pool_id = @pool_id", poolId, cancellation);

    public Task<long> Clients(string poolId, CancellationToken cancellation) =>
        Count("SELECT COUNT(*) FROM app_client WHERE pool_id = @pool_id", poolId, cancellation);

    private async Task<long> Count(string sql, string poolId, CancellationToken cancellation) =>
        await database.Sql(sql).With("pool_id", poolId).Number(cancellation) ?? 0;
}
