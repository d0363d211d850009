namespace Lifeguard.Storage;

/// <summary>Sign-ins whose tokens are revoked, by what all their tokens share: the <c>origin_jti</c>, or the
/// <c>event_id</c> where tokens have none. And sessions of browsers by their ids, for as long as codes may be
/// under way that came through them.</summary>
public sealed class RevocationStore(Database database)
{
    private const string Revoke =
        """
        INSERT INTO revocation (pool_id, origin_jti, expires_ms) VALUES (@pool_id, @origin_jti, @expires_ms)
        ON CONFLICT (pool_id, origin_jti) DO NOTHING
        """;

    private const string ByOrigin =
        "SELECT expires_ms FROM revocation WHERE pool_id = @pool_id AND origin_jti = @origin_jti";

    private const string RemoveExpired =
        """
        DELETE FROM revocation WHERE (pool_id, origin_jti) IN (
          SELECT pool_id, origin_jti FROM revocation WHERE expires_ms <= @now
          ORDER BY expires_ms LIMIT @limit)
        """;

    /// <summary>Revokes; doing it again changes nothing.</summary>
    /// <param name="expiresAt">When the last token of the sign-in will have expired.</param>
    public Task Add(
        Transaction transaction,
        string poolId,
        string originJti,
        DateTimeOffset expiresAt,
        CancellationToken cancellation) => transaction.Sql(Revoke)
        .With("pool_id", poolId)
        .With("origin_jti", originJti)
        .With("expires_ms", expiresAt)
        .Execute(cancellation);

    /// <summary>Are the tokens of this sign-in revoked?</summary>
    public Task<bool> IsRevoked(string poolId, string originJti, CancellationToken cancellation) =>
        IsThere(database.Sql(ByOrigin), poolId, originJti, cancellation);

    /// <summary>The same, as of a transaction.</summary>
    public Task<bool> IsRevoked(
        Transaction transaction, string poolId, string originJti, CancellationToken cancellation) =>
        IsThere(transaction.Sql(ByOrigin), poolId, originJti, cancellation);

    /// <summary>Removes up to <paramref name="limit"/> rows that have expired; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveExpired)
            .With("now", now)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private static async Task<bool> IsThere(
        Statement byOrigin, string poolId, string originJti, CancellationToken cancellation) =>
        await byOrigin.With("pool_id", poolId).With("origin_jti", originJti).Number(cancellation) is not null;
}
