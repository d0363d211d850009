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
        expires_ms
        """;

    private const string Add =
        $"""
        INSERT INTO browser_session ({Columns})
        VALUES (
          @pool_id, @hash, @sub, @provider, @event_id, @methods, @login_version, @content, @signed_in_ms,
          @expires_ms)
        """;

    private const string ByHash =
        $"SELECT {Columns} FROM browser_session WHERE pool_id = @pool_id AND session_hash = @hash";

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
            .Execute(cancellation);
    }

    /// <summary>The session, expired or not; null where there is none.</summary>
    public Task<BrowserSession?> Find(string poolId, string hash, CancellationToken cancellation) =>
        database.Sql(ByHash).With("pool_id", poolId).With("hash", hash).First(Read, cancellation);

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
