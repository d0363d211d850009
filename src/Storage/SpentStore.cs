namespace Lifeguard.Storage;

/// <summary>Ids of sealed values that work only once, such as challenge sessions, kept until they would have
/// expired anyway.</summary>
public sealed class SpentStore(Database database)
{
    private const string Spend =
        """
        INSERT INTO spent (pool_id, id, expires_ms) VALUES (@pool_id, @id, @expires_ms)
        ON CONFLICT (pool_id, id) DO NOTHING
        """;

    private const string Replace =
        """
        INSERT INTO spent (pool_id, id, expires_ms, spent_ms) VALUES (@pool_id, @id, @expires_ms, @spent_ms)
        ON CONFLICT (pool_id, id) DO NOTHING
        """;

    private const string SinceById = "SELECT spent_ms FROM spent WHERE pool_id = @pool_id AND id = @id";

    private const string ById = "SELECT expires_ms FROM spent WHERE pool_id = @pool_id AND id = @id";

    private const string Remove = "DELETE FROM spent WHERE pool_id = @pool_id AND id = @id";

    private const string RemoveExpired =
        """
        DELETE FROM spent WHERE (pool_id, id) IN (
          SELECT pool_id, id FROM spent WHERE expires_ms <= @now ORDER BY expires_ms LIMIT @limit)
        """;

    /// <summary>Spends the id; false where it was spent before. Of several at once exactly one
    /// succeeds.</summary>
    /// <param name="expiresAt">From here on the value itself is refused, so the row may go.</param>
    public async Task<bool> TrySpend(
        Transaction transaction,
        string poolId,
        string id,
        DateTimeOffset expiresAt,
        CancellationToken cancellation) => await transaction.Sql(Spend)
        .With("pool_id", poolId)
        .With("id", id)
        .With("expires_ms", expiresAt)
        .Execute(cancellation) == 1;

    /// <summary>The id is good for another use.</summary>
    public Task Return(string poolId, string id, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(Remove)
            .With("pool_id", poolId)
            .With("id", id)
            .Execute(cancellation),
        cancellation);

    /// <summary>Spends the id of a refresh token that another one replaces; null where it was not spent
    /// before, and otherwise since when it is. Of several at once exactly one is the first.</summary>
    /// <param name="expiresAt">As <see cref="TrySpend"/>.</param>
    public async Task<DateTimeOffset?> SpendSince(
        Transaction transaction,
        string poolId,
        string id,
        DateTimeOffset expiresAt,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var isFirst = await transaction.Sql(Replace)
            .With("pool_id", poolId)
            .With("id", id)
            .With("expires_ms", expiresAt)
            .With("spent_ms", now)
            .Execute(cancellation) == 1;
        if (isFirst) return null;
        var since = await transaction.Sql(SinceById)
            .With("pool_id", poolId)
            .With("id", id)
            .Number(cancellation);
        return DateTimeOffset.FromUnixTimeMilliseconds(since!.Value);
    }

    /// <summary>Was the id spent? What decides is <see cref="TrySpend"/>; this spares work that would come to
    /// nothing.</summary>
    public async Task<bool> IsSpent(string poolId, string id, CancellationToken cancellation) =>
        await database.Sql(ById).With("pool_id", poolId).With("id", id).Number(cancellation) is not null;

    /// <summary>Removes up to <paramref name="limit"/> rows that have expired; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveExpired)
            .With("now", now)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);
}
