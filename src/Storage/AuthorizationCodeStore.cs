using System.Data.Common;
using System.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;

namespace Lifeguard.Storage;

/// <summary>Authorization codes, by their hashes.</summary>
public sealed class AuthorizationCodeStore(Database database, Sealer sealer)
{
    private const string Purpose = "authorization-code";

    private const string Add =
        """
        INSERT INTO authorization_code (pool_id, code_hash, client_id, sub, content, expires_ms)
        VALUES (@pool_id, @hash, @client_id, @sub, @content, @expires_ms)
        """;

    private const string ByHash =
        """
        SELECT pool_id, code_hash, client_id, sub, expires_ms, content, family FROM authorization_code
        WHERE pool_id = @pool_id AND code_hash = @hash
        """;

    private const string Use =
        """
        UPDATE authorization_code SET family = @family
        WHERE pool_id = @pool_id AND code_hash = @hash AND family IS NULL
        """;

    private const string RemoveExpired =
        """
        DELETE FROM authorization_code WHERE (pool_id, code_hash) IN (
          SELECT pool_id, code_hash FROM authorization_code WHERE expires_ms <= @now
          ORDER BY expires_ms LIMIT @limit)
        """;

    public Task Insert(Transaction transaction, AuthorizationCode code, CancellationToken cancellation) =>
        transaction.Sql(Add)
            .With("pool_id", code.PoolId)
            .With("hash", code.Hash)
            .With("client_id", code.ClientId)
            .With("sub", code.Sub)
            .With("content", sealer.Seal(Purpose, code.PoolId, Content(code)))
            .With("expires_ms", code.ExpiresAt)
            .Execute(cancellation);

    /// <summary>The code, used or not, expired or not; null where there is none.</summary>
    public Task<AuthorizationCode?> Find(string poolId, string hash, CancellationToken cancellation) =>
        database.Sql(ByHash).With("pool_id", poolId).With("hash", hash).First(Read, cancellation);

    /// <summary>Uses the code up; false where it was used before. Of several at once exactly one
    /// succeeds.</summary>
    /// <param name="family">What will have to be revoked should it be used again.</param>
    public Task<bool> TryUse(AuthorizationCode code, string family, CancellationToken cancellation) =>
        database.Write(
            async transaction => await transaction.Sql(Use)
                .With("family", family)
                .With("pool_id", code.PoolId)
                .With("hash", code.Hash)
                .Execute(cancellation) == 1,
            cancellation);

    /// <summary>Removes up to <paramref name="limit"/> rows that expired before; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        database.Write(
            transaction => transaction.Sql(RemoveExpired)
                .With("now", before)
                .With("limit", limit)
                .Execute(cancellation),
            cancellation);

    private static byte[] Content(AuthorizationCode code) => Documents.ToBytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("redirect_uri", code.RedirectUri);
        if (code.CodeChallenge is { } challenge) writer.WriteString("challenge", challenge);
        if (code.Nonce is { } nonce) writer.WriteString("nonce", nonce);
        writer.WriteString("scope", string.Join(' ', code.Grant.Scopes));
        if (code.Grant.Resource is { } resource) writer.WriteString("resource", resource);
        writer.WriteString("event", code.EventId);
        if (code.OriginSessionId is { } session) writer.WriteString("session", session);
        writer.WriteInstant("auth", code.SignedInAt);
        writer.WriteString("amr", string.Join(' ', code.Methods));
        writer.WriteEndObject();
    });

    private AuthorizationCode Read(DbDataReader row)
    {
        var poolId = row.Text(0);
        var (hash, client, sub, end) = (row.Text(1), row.Text(2), row.Text(3), row.Instant(4));
        var family = row.TextOrNull(6);
        return Documents.Read(
            sealer.MustOpen(Purpose, poolId, row.Bytes(5)),
            content => new AuthorizationCode(poolId, hash, client, sub, end)
            {
                RedirectUri = content.Text("redirect_uri"),
                CodeChallenge = content.TextOrNull("challenge"),
                Nonce = content.TextOrNull("nonce"),
                Grant = new(Words(content, "scope"), content.TextOrNull("resource")),
                EventId = content.Text("event"),
                OriginSessionId = content.TextOrNull("session"),
                SignedInAt = content.Instant("auth"),
                Methods = Words(content, "amr"),
                Family = family,
            });
    }

    private static string[] Words(JsonElement content, string name) =>
        content.Text(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
