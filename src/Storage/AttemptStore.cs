namespace Lifeguard.Storage;

/// <summary>Counts what a user may do only so often, such as asking for a code, in windows that begin with
/// the first attempt.</summary>
public sealed class AttemptStore(Database database)
{
    private const string Current =
        """
        SELECT count FROM attempt
        WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind AND expires_ms > @now
        """;

    private const string CountOne =
        """
        INSERT INTO attempt (pool_id, sub, kind, count, expires_ms)
        VALUES (@pool_id, @sub, @kind, 1, @expires_ms)
        ON CONFLICT (pool_id, sub, kind) DO UPDATE SET
          count = CASE WHEN attempt.expires_ms <= @now THEN 1 ELSE attempt.count + 1 END,
          expires_ms = CASE
            WHEN attempt.expires_ms <= @now THEN excluded.expires_ms ELSE attempt.expires_ms END
        RETURNING count
        """;

    private const string UncountOne =
        """
        UPDATE attempt SET count = count - 1
        WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind AND count > 0
        """;

    private const string Remove =
        "DELETE FROM attempt WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind";

    private const string RemoveExpired =
        """
        DELETE FROM attempt WHERE (pool_id, sub, kind) IN (
          SELECT pool_id, sub, kind FROM attempt WHERE expires_ms <= @now ORDER BY expires_ms LIMIT @limit)
        """;

    /// <summary>Attempts in the window under way; zero where there is none.</summary>
    public async Task<long> Find(
        string poolId, string sub, string kind, DateTimeOffset now, CancellationToken cancellation) =>
        await Bind(database.Sql(Current), poolId, sub, kind).With("now", now).Number(cancellation) ?? 0;

    /// <summary>Counts an attempt in one atomic statement; true while it is within
    /// <paramref name="limit"/>.</summary>
    /// <param name="sub">The user, or a pseudonym for one that does not exist, who is limited alike.</param>
    /// <param name="kind">What is counted; constant in the code, but for the id of a sign-in.</param>
    public async Task<bool> Count(
        Transaction transaction,
        string poolId,
        string sub,
        string kind,
        int limit,
        TimeSpan window,
        DateTimeOffset now,
        CancellationToken cancellation) => await Bind(transaction.Sql(CountOne), poolId, sub, kind)
        .With("now", now)
        .With("expires_ms", now + window)
        .Number(cancellation) <= limit;

    /// <summary>Takes one attempt back, which could not be judged.</summary>
    public Task Uncount(
        Transaction transaction, string poolId, string sub, string kind, CancellationToken cancellation) =>
        Bind(transaction.Sql(UncountOne), poolId, sub, kind).Execute(cancellation);

    /// <summary>Begins the count anew.</summary>
    public Task Clear(
        Transaction transaction, string poolId, string sub, string kind, CancellationToken cancellation) =>
        Bind(transaction.Sql(Remove), poolId, sub, kind).Execute(cancellation);

    /// <summary>Removes up to <paramref name="limit"/> windows that have ended; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveExpired)
            .With("now", now)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private static Statement Bind(Statement statement, string poolId, string sub, string kind) =>
        statement.With("pool_id", poolId).With("sub", sub).With("kind", kind);
}
