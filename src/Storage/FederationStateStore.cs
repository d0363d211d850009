using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Storage;

/// <summary>Who is at another identity provider, until an answer comes or the time is up.</summary>
public sealed class FederationStateStore(Database database, Sealer sealer)
{
    internal const string Purpose = "federation-state";

    private const string Insert =
        """
        INSERT INTO federation_state (pool_id, state_key, browser, sealed, expires_ms)
        VALUES (@pool_id, @state_key, @browser, @sealed, @expires_ms)
        """;

    private const string Meant =
        """
        FROM federation_state
        WHERE pool_id = @pool_id AND state_key = @state_key AND browser = @browser AND expires_ms > @now
        """;

    private const string Look = $"SELECT expires_ms {Meant}";

    private const string Remove = $"DELETE {Meant} RETURNING sealed, expires_ms";

    private const string RemoveExpired =
        """
        DELETE FROM federation_state WHERE (pool_id, state_key) IN (
          SELECT pool_id, state_key FROM federation_state
          WHERE expires_ms <= @now ORDER BY expires_ms LIMIT @limit)
        """;

    /// <summary>Remembers.</summary>
    public Task Add(FederationState state, CancellationToken cancellation) => database.Write(
        transaction => Bind(transaction.Sql(Insert), state.PoolId, state.Key, state.Browser)
            .With("sealed", sealer.Seal(
                Purpose, OwnerOf(state.PoolId, state.Key), Documents.ToBytes(writer => Write(writer, state))))
            .With("expires_ms", state.ExpiresAt)
            .Execute(cancellation),
        cancellation);

    /// <summary>What is remembered, for the last time: of several who ask at once one gets it. Null where it
    /// is unknown, over, or of another browser, whose answer stays possible.</summary>
    public async Task<FederationState?> Take(
        string poolId, string key, string browser, DateTimeOffset now, CancellationToken cancellation)
    {
        // Anybody may ask for anything; only what is there is worth a transaction.
        var there = await Bind(database.Sql(Look), poolId, key, browser)
            .With("now", now)
            .Number(cancellation);
        if (there is null) return null;
        return await database.Write(
            transaction => Bind(transaction.Sql(Remove), poolId, key, browser)
                .With("now", now)
                .First(
                    row => Read(
                        poolId,
                        key,
                        browser,
                        sealer.MustOpen(Purpose, OwnerOf(poolId, key), row.Bytes(0)),
                        row.Instant(1)),
                    cancellation),
            cancellation);
    }

    /// <summary>Removes up to <paramref name="limit"/> rows whose time is up; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveExpired)
            .With("now", now)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private static Statement Bind(Statement statement, string poolId, string key, string browser) => statement
        .With("pool_id", poolId)
        .With("state_key", key)
        .With("browser", browser);

    private static string OwnerOf(string poolId, string key) => $"{poolId}/{key}";

    private static void Write(Utf8JsonWriter writer, FederationState state)
    {
        writer.WriteStartObject();
        writer.WriteString("query", state.Query);
        writer.WriteString("provider", state.ProviderName);
        writer.WriteString("provider_id", state.ProviderId);
        writer.WriteString("callback", state.Callback);
        if (state.Nonce is { } nonce) writer.WriteString("nonce", nonce);
        if (state.Verifier is { } verifier) writer.WriteString("verifier", verifier);
        if (state.SamlRequestId is { } request) writer.WriteString("saml_request", request);
        writer.WriteEndObject();
    }

    private static FederationState Read(
        string poolId, string key, string browser, byte[] body, DateTimeOffset expiresAt) => Documents.Read(
        body,
        document => new FederationState
        {
            PoolId = poolId,
            Key = key,
            Browser = browser,
            Query = document.Text("query"),
            ProviderName = document.Text("provider"),
            ProviderId = document.Text("provider_id"),
            Callback = document.Text("callback"),
            Nonce = document.TextOrNull("nonce"),
            Verifier = document.TextOrNull("verifier"),
            SamlRequestId = document.TextOrNull("saml_request"),
            ExpiresAt = expiresAt,
        });
}
