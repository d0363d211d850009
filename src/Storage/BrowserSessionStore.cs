using System.Data.Common;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;

namespace Lifeguard.Storage;

/// <summary>Sessions of browsers on the pages of domains, by the hashes of their cookies.</summary>
public sealed class BrowserSessionStore(Database database, Sealer sealer)
{
    private const string Purpose = "browser-session";

    private const string Columns =
        """
        pool_id, session_hash, sub, provider, event_id, methods, login_version, content, signed_in_ms,
        expires_ms, client_id, device, address, active_ms
        """;

    private const string Add =
        $"""
        INSERT INTO browser_session ({Columns}, session_id)
        VALUES (
          @pool_id, @hash, @sub, @provider, @event_id, @methods, @login_version, @content, @signed_in_ms,
          @expires_ms, @client_id, @device, @address, @active_ms, @id)
        """;

    private const string ByHash =
        $"SELECT {Columns} FROM browser_session WHERE pool_id = @pool_id AND session_hash = @hash";

    private const string OfUser =
        $"""
        SELECT {Columns} FROM browser_session
        WHERE pool_id = @pool_id AND sub = @sub AND expires_ms > @now
        """;

    private const string ById = OfUser + " AND session_id = @id";

    // The newest first; a page begins after the last of the one before.
    private const string Page =
        OfUser +
        """
         AND session_id IS NOT NULL AND signed_in_ms >= @since
          AND (signed_in_ms < @created_ms OR (signed_in_ms = @created_ms AND session_id > @id))
        ORDER BY signed_in_ms DESC, session_id LIMIT @limit
        """;

    private const string Visit =
        """
        UPDATE browser_session SET device = @device, address = @address, active_ms = @active_ms
        WHERE pool_id = @pool_id AND session_hash = @hash AND session_id IS NOT NULL
        """;

    private const string TokensOf =
        """
        UPDATE browser_session SET active_ms = @active_ms
        WHERE pool_id = @pool_id AND sub = @sub AND session_id = (
          SELECT origin_id FROM user_session
          WHERE pool_id = @pool_id AND sub = @sub AND session_id = @token_session_id)
        """;

    private const string RemoveOriginOf =
        """
        DELETE FROM browser_session
        WHERE pool_id = @pool_id AND sub = @sub AND session_id = (
          SELECT origin_id FROM user_session
          WHERE pool_id = @pool_id AND sub = @sub AND session_id = @token_session_id)
        """;

    private const string RemoveOne =
        "DELETE FROM browser_session WHERE pool_id = @pool_id AND session_hash = @hash";

    private const string RemoveExpired =
        """
        DELETE FROM browser_session WHERE (pool_id, session_hash) IN (
          SELECT pool_id, session_hash FROM browser_session WHERE expires_ms <= @now
          ORDER BY expires_ms LIMIT @limit)
        """;

    public Task Insert(Transaction transaction, BrowserSession session, CancellationToken cancellation)
    {
        var signIn = session.SignIn;
        return transaction.Sql(Add)
            .With("pool_id", signIn.PoolId)
            .With("hash", session.Hash)
            .With("sub", signIn.Sub)
            .With("provider", signIn.Provider)
            .With("event_id", signIn.EventId)
            .With("methods", string.Join(' ', signIn.Methods))
            .With("login_version", session.LoginVersion)
            .With("content", session.Saml is { } saml
                ? sealer.Seal(Purpose, signIn.PoolId, Content(saml))
                : null)
            .With("signed_in_ms", signIn.SignedInAt)
            .With("expires_ms", session.ExpiresAt)
            .With("client_id", session.Use?.ClientId)
            .With("device", session.Use?.Device)
            .With("address", session.Use?.Address)
            .With("active_ms", session.Use?.ActiveAt)
            .With("id", session.Use is null ? null : session.Id)
            .Execute(cancellation);
    }

    /// <summary>The session, expired or not; null where there is none.</summary>
    public Task<BrowserSession?> Find(string poolId, string hash, CancellationToken cancellation) =>
        database.Sql(ByHash).With("pool_id", poolId).With("hash", hash).First(Read, cancellation);

    /// <summary>The session of a user by its id; null where there is none, or it has expired.</summary>
    public Task<BrowserSession?> FindById(
        string poolId, string sub, string id, DateTimeOffset now, CancellationToken cancellation) =>
        database.Sql(ById)
            .With("pool_id", poolId)
            .With("sub", sub)
            .With("id", id)
            .With("now", now)
            .First(Read, cancellation);

    /// <summary>As <see cref="SessionStore.List"/>.</summary>
    public Task<List<BrowserSession>> List(
        string poolId,
        string sub,
        DateTimeOffset? since,
        SessionCursor? after,
        int limit,
        DateTimeOffset now,
        CancellationToken cancellation) => database.Sql(Page)
        .With("pool_id", poolId)
        .With("sub", sub)
        .With("id", after?.Id ?? "")
        .With("since", since ?? DateTimeOffset.UnixEpoch)
        .With("created_ms", after?.CreatedAt ?? DateTimeOffset.MaxValue)
        .With("now", now)
        .With("limit", limit)
        .All(Read, cancellation);

    /// <summary>Notes that the browser has come back; nothing where the session is over.</summary>
    public Task NoteVisit(
        Transaction transaction, string poolId, string hash, BrowserUse use,
        CancellationToken cancellation) => transaction.Sql(Visit)
        .With("device", use.Device)
        .With("address", use.Address)
        .With("active_ms", use.ActiveAt)
        .With("pool_id", poolId)
        .With("hash", hash)
        .Execute(cancellation);

    /// <summary>Notes that tokens were issued which came through a browser's session; nothing where they did
    /// not, or it is over.</summary>
    /// <param name="tokenSessionId">The session of those tokens.</param>
    public Task NoteTokens(
        Transaction transaction, string poolId, string sub, string tokenSessionId, DateTimeOffset now,
        CancellationToken cancellation) => transaction.Sql(TokensOf)
        .With("active_ms", now)
        .With("pool_id", poolId)
        .With("sub", sub)
        .With("token_session_id", tokenSessionId)
        .Execute(cancellation);

    /// <summary>Removes the session that a session of tokens came through; nothing where it came through the
    /// API.</summary>
    public Task RemoveOrigin(
        Transaction transaction, string poolId, string sub, string tokenSessionId,
        CancellationToken cancellation) => transaction.Sql(RemoveOriginOf)
        .With("pool_id", poolId)
        .With("sub", sub)
        .With("token_session_id", tokenSessionId)
        .Execute(cancellation);

    /// <summary>Removes it; doing it again changes nothing.</summary>
    public Task Remove(
        Transaction transaction, string poolId, string hash, CancellationToken cancellation) =>
        transaction.Sql(RemoveOne).With("pool_id", poolId).With("hash", hash).Execute(cancellation);

    /// <summary>Removes up to <paramref name="limit"/> rows that have expired; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveExpired)
            .With("now", now)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private static byte[] Content(SamlSession subject) => Documents.ToBytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", subject.NameId);
        if (subject.Format is { } format) writer.WriteString("format", format);
        if (subject.NameQualifier is { } qualifier) writer.WriteString("qualifier", qualifier);
        if (subject.ForQualifier is { } party) writer.WriteString("for", party);
        if (subject.Index is { } index) writer.WriteString("index", index);
        writer.WriteEndObject();
    });

    private BrowserSession Read(DbDataReader row)
    {
        var poolId = row.Text(0);
        var signIn = new BrowserSignIn(
            poolId,
            row.Text(2),
            row.Text(4),
            row.Instant(8),
            row.Text(5).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            row.TextOrNull(3));
        return new(row.Text(1), signIn, (int)row.Number(6), row.Instant(9))
        {
            Use = row.TextOrNull(10) is { } client
                ? new(client, row.Text(11), row.Text(12), row.Instant(13))
                : null,
            Saml = row.BytesOrNull(7) is { } content
                ? Documents.Read(
                    sealer.MustOpen(Purpose, poolId, content),
                    subject => new SamlSession(
                        subject.Text("name"),
                        subject.TextOrNull("format"),
                        subject.TextOrNull("qualifier"),
                        subject.TextOrNull("for"),
                        subject.TextOrNull("index")))
                : null,
        };
    }
}
