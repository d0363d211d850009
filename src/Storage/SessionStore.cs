using System.Data.Common;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Storage;

/// <summary>Who is signed in where, in pools that track it.</summary>
public sealed class SessionStore(Database database)
{
    /// <summary>Sessions that a sign-in ends at once, should there ever be so many.</summary>
    private const int MostEvicted = 500;

    private const string Columns =
        """
        pool_id, sub, session_id, client_id, family, device, address, created_ms, active_ms, expires_ms,
        origin_id
        """;

    private const string OfUser =
        $"SELECT {Columns} FROM user_session WHERE pool_id = @pool_id AND sub = @sub";

    private const string ById = OfUser + " AND session_id = @id AND expires_ms > @now";

    // The newest first; a page begins after the last of the one before.
    private const string Page =
        OfUser +
        """
         AND expires_ms > @now AND created_ms >= @since
          AND (created_ms < @created_ms OR (created_ms = @created_ms AND session_id > @id))
        ORDER BY created_ms DESC, session_id LIMIT @limit
        """;

    private const string LeastRecentlyUsed =
        OfUser + " AND expires_ms > @now ORDER BY active_ms DESC, created_ms DESC, session_id LIMIT @limit";

    private const string Through = OfUser + " AND expires_ms > @now AND origin_id = @origin_id";

    private const string Put =
        $"""
        INSERT INTO user_session ({Columns})
        VALUES (
          @pool_id, @sub, @id, @client_id, @family, @device, @address, @created_ms, @active_ms, @expires_ms,
          @origin_id)
        ON CONFLICT (pool_id, sub, session_id) DO NOTHING
        """;

    private const string Use =
        """
        UPDATE user_session SET device = @device, address = @address, active_ms = @active_ms
        WHERE pool_id = @pool_id AND sub = @sub AND session_id = @id
        """;

    private const string RemoveAll = "DELETE FROM user_session WHERE pool_id = @pool_id AND sub = @sub";

    private const string RemoveOne = RemoveAll + " AND session_id = @id";

    private const string RemoveExpired =
        """
        DELETE FROM user_session WHERE (pool_id, sub, session_id) IN (
          SELECT pool_id, sub, session_id FROM user_session WHERE expires_ms <= @now
          ORDER BY expires_ms LIMIT @limit)
        """;

    /// <summary>The session of a user; null where there is none, or it has expired.</summary>
    public Task<UserSession?> Find(
        string poolId, string sub, string id, DateTimeOffset now, CancellationToken cancellation) =>
        Bind(database.Sql(ById), poolId, sub, id).With("now", now).First(Read, cancellation);

    /// <summary>Up to <paramref name="limit"/> sessions of a user, the newest first.</summary>
    /// <param name="since">Those that began before are left out: a sign-out has ended them.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    public Task<List<UserSession>> List(
        string poolId,
        string sub,
        DateTimeOffset? since,
        SessionCursor? after,
        int limit,
        DateTimeOffset now,
        CancellationToken cancellation) => Bind(database.Sql(Page), poolId, sub, after?.Id ?? "")
        .With("since", since ?? DateTimeOffset.UnixEpoch)
        .With("created_ms", after?.CreatedAt ?? DateTimeOffset.MaxValue)
        .With("now", now)
        .With("limit", limit)
        .All(Read, cancellation);

    /// <summary>The sessions of a user but for the <paramref name="kept"/> that were used last.</summary>
    public async Task<IReadOnlyList<UserSession>> LeastUsed(
        Transaction transaction,
        string poolId,
        string sub,
        int kept,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var all = await transaction.Sql(LeastRecentlyUsed)
            .With("pool_id", poolId)
            .With("sub", sub)
            .With("now", now)
            .With("limit", kept + MostEvicted)
            .All(Read, cancellation);
        return [.. all.Skip(kept)];
    }

    /// <summary>The sessions of tokens that came through a browser's session.</summary>
    public Task<List<UserSession>> ThoseThrough(
        Transaction transaction, string poolId, string sub, string originSessionId, DateTimeOffset now,
        CancellationToken cancellation) => transaction.Sql(Through)
        .With("pool_id", poolId)
        .With("sub", sub)
        .With("origin_id", originSessionId)
        .With("now", now)
        .All(Read, cancellation);

    /// <summary>Adds a session.</summary>
    public Task Add(Transaction transaction, UserSession session, CancellationToken cancellation) =>
        Bind(transaction.Sql(Put), session.PoolId, session.Sub, session.Id)
            .With("client_id", session.ClientId)
            .With("family", session.Family)
            .With("device", session.Device)
            .With("address", session.Address)
            .With("created_ms", session.CreatedAt)
            .With("active_ms", session.ActiveAt)
            .With("expires_ms", session.ExpiresAt)
            .With("origin_id", session.OriginSessionId)
            .Execute(cancellation);

    /// <summary>Notes that a session is in use; nothing where it is not there.</summary>
    public Task Touch(
        Transaction transaction, SessionUse use, DateTimeOffset now, CancellationToken cancellation) =>
        Bind(transaction.Sql(Use), use.PoolId, use.Sub, use.Id)
            .With("device", use.Device)
            .With("address", use.Address)
            .With("active_ms", now)
            .Execute(cancellation);

    /// <summary>Removes a session; nothing where it is not there.</summary>
    public Task Remove(
        Transaction transaction, string poolId, string sub, string id, CancellationToken cancellation) =>
        Bind(transaction.Sql(RemoveOne), poolId, sub, id).Execute(cancellation);

    /// <summary>Removes all sessions of a user.</summary>
    public Task RemoveOf(
        Transaction transaction, string poolId, string sub, CancellationToken cancellation) =>
        transaction.Sql(RemoveAll).With("pool_id", poolId).With("sub", sub).Execute(cancellation);

    /// <summary>Removes up to <paramref name="limit"/> rows that have expired; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveExpired)
            .With("now", now)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private static Statement Bind(Statement statement, string poolId, string sub, string id) =>
        statement.With("pool_id", poolId).With("sub", sub).With("id", id);

    private static UserSession Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Sub = row.Text(1),
        Id = row.Text(2),
        ClientId = row.Text(3),
        Family = row.Text(4),
        Device = row.Text(5),
        Address = row.Text(6),
        CreatedAt = row.Instant(7),
        ActiveAt = row.Instant(8),
        ExpiresAt = row.Instant(9),
        OriginSessionId = row.TextOrNull(10),
    };
}

/// <summary>Where a page of sessions ended.</summary>
public sealed record SessionCursor(DateTimeOffset CreatedAt, string Id);

/// <summary>A session that is in use, and from where.</summary>
public sealed record SessionUse(string PoolId, string Sub, string Id, string Device, string Address)
{
    /// <summary>Never prints its members, the address among them.</summary>
    public override string ToString() => $"SessionUse {Id}";
}
