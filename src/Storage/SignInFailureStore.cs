using System.Data.Common;

namespace Lifeguard.Storage;

/// <summary>
/// Wrong passwords of a user and the lock they lead to (doc: lockout behaviour). The fifth failure locks for
/// one second, each further one for twice as long, up to 15 minutes; attempts during a lock are not counted.
/// </summary>
public sealed class SignInFailureStore(Database database)
{
    /// <summary>Without a failure for so long the count begins anew.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    private const string OfUser =
        """
        SELECT failures, last_ms, locked_until_ms FROM sign_in_failure
        WHERE pool_id = @pool_id AND sub = @sub
        """;

    // Quiet time is at least as long as the lock was, over again: otherwise the longest lock, which lasts as
    // long as the quiet time, would end with five free tries.
    private const string IsQuiet =
        """
        @now >= f.last_ms + @quiet_ms AND @now >= f.locked_until_ms + (f.locked_until_ms - f.last_ms)
        """;

    private const string CountOne =
        $"""
        INSERT INTO sign_in_failure AS f (pool_id, sub, failures, last_ms, locked_until_ms)
        VALUES (@pool_id, @sub, 1, @now, @now)
        ON CONFLICT (pool_id, sub) DO UPDATE SET
          failures = CASE WHEN {IsQuiet} THEN 1 ELSE f.failures + 1 END,
          last_ms = @now,
          locked_until_ms = @now + CASE WHEN {IsQuiet} THEN 0 ELSE
            CASE f.failures + 1
              WHEN 1 THEN 0 WHEN 2 THEN 0 WHEN 3 THEN 0 WHEN 4 THEN 0
              WHEN 5 THEN 1000 WHEN 6 THEN 2000 WHEN 7 THEN 4000 WHEN 8 THEN 8000 WHEN 9 THEN 16000
              WHEN 10 THEN 32000 WHEN 11 THEN 64000 WHEN 12 THEN 128000 WHEN 13 THEN 256000
              WHEN 14 THEN 512000 ELSE 900000 END END
        WHERE f.locked_until_ms <= @now
        RETURNING failures, last_ms, locked_until_ms
        """;

    private const string Remove = "DELETE FROM sign_in_failure WHERE pool_id = @pool_id AND sub = @sub";

    private const string RemoveQuiet =
        """
        DELETE FROM sign_in_failure WHERE (pool_id, sub) IN (
          SELECT pool_id, sub FROM sign_in_failure WHERE last_ms <= @before ORDER BY last_ms LIMIT @limit)
        """;

    /// <summary>The state of the user; null where no failure is on record.</summary>
    public Task<SignInFailures?> Find(string poolId, string sub, CancellationToken cancellation) =>
        Bind(database.Sql(OfUser), poolId, sub).First(Read, cancellation);

    /// <summary>
    /// Counts a failure in one atomic statement and returns the state after it; null during a lock, when
    /// nothing is counted. Called before the password is looked at, with <see cref="Clear"/> after a right
    /// one, it lets no more guesses through than the schedule says, however many arrive at once.
    /// </summary>
    public Task<SignInFailures?> Record(
        string poolId, string sub, DateTimeOffset now, CancellationToken cancellation) => database.Write(
        transaction => Bind(transaction.Sql(CountOne), poolId, sub)
            .With("now", now)
            .With("quiet_ms", (long)Quiet.TotalMilliseconds)
            .First(Read, cancellation),
        cancellation);

    /// <summary>Forgets all failures, after a successful sign-in.</summary>
    public Task Clear(
        Transaction transaction, string poolId, string sub, CancellationToken cancellation) =>
        Bind(transaction.Sql(Remove), poolId, sub).Execute(cancellation);

    /// <summary>Removes up to <paramref name="limit"/> records without a failure for an hour, when they mean
    /// nothing any more; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveQuiet)
            .With("before", now - (4 * Quiet))
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private static Statement Bind(Statement statement, string poolId, string sub) =>
        statement.With("pool_id", poolId).With("sub", sub);

    private static SignInFailures Read(DbDataReader row) =>
        new((int)row.Number(0), row.Instant(1), row.Instant(2));
}

/// <summary>Failures since the last success or quiet time.</summary>
/// <param name="LockedUntil">Until here every password is refused unseen; not after <paramref name="LastAt"/>
/// where the failures lock nothing yet.</param>
public sealed record SignInFailures(int Count, DateTimeOffset LastAt, DateTimeOffset LockedUntil)
{
    public bool IsLocked(DateTimeOffset now) => now < LockedUntil;
}
