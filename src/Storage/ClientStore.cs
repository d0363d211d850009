using System.Data.Common;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Storage;

/// <summary>App clients; their secrets are sealed. Cached like pools.</summary>
public sealed class ClientStore
{
    private const string Topic = "client";
    internal const string Purpose = "client-secret";
    private const string Columns =
        """
        c.pool_id, c.client_id, c.settings, c.sealed, c.created_ms, c.modified_ms, c.version,
        c.silent_sign_in_ms
        """;

    // The clients of a deleted pool are gone with it, before their rows are.
    private const string ById =
        $"""
        SELECT {Columns} FROM app_client c JOIN user_pool p ON p.pool_id = c.pool_id
        WHERE c.client_id = @client_id AND p.deleted_ms IS NULL
        """;

    private const string Page =
        $"""
        SELECT {Columns} FROM app_client c WHERE c.pool_id = @pool_id AND c.client_id > @after
        ORDER BY c.client_id LIMIT @limit
        """;

    private const string Add =
        """
        INSERT INTO app_client (
          pool_id, client_id, settings, sealed, silent_sign_in_ms, created_ms, modified_ms, version)
        VALUES (
          @pool_id, @client_id, @settings, @sealed, @silent_sign_in_ms, @created_ms, @modified_ms, @version)
        """;

    private const string Change =
        """
        UPDATE app_client
        SET settings = @settings, sealed = @sealed, silent_sign_in_ms = @silent_sign_in_ms,
          modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND client_id = @client_id AND version = @version
        """;

    // Changes nothing, and makes whoever deletes the client wait for the commit.
    private const string Touch =
        "UPDATE app_client SET version = version WHERE pool_id = @pool_id AND client_id = @client_id";

    /// <summary>What goes with a client, the client itself last.</summary>
    private static readonly IReadOnlyList<string> RowsOfClient =
    [
        "managed_login_asset", "managed_login_branding", "terms", "ui_customization", "app_client",
    ];

    private readonly Database database;
    private readonly Sealer sealer;
    private readonly Cache<AppClient> clients;

    public ClientStore(Database database, Sealer sealer)
    {
        this.database = database;
        this.sealer = sealer;
        clients = new(database.Clock);
        database.Changes.Subscribe(Topic, Forget);
        database.Changes.Subscribe("pool", ForgetPool);
    }

    /// <summary>The client, whatever its pool: client ids are unique in the deployment. Null where there is
    /// none.</summary>
    public Task<AppClient?> Find(string clientId, CancellationToken cancellation) => clients.Get(
        clientId, () => database.Sql(ById).With("client_id", clientId).First(Read, cancellation));

    /// <summary>The client of this pool.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: there is no such client, or it belongs to
    /// another pool.</exception>
    public async Task<AppClient> Get(string poolId, string clientId, CancellationToken cancellation) =>
        await Find(clientId, cancellation) is { } client && client.PoolId == poolId
            ? client
            : throw Reject.ClientNotFound(clientId);

    /// <summary>Up to <paramref name="limit"/> clients of the pool in the order of their ids.</summary>
    /// <param name="afterClientId">The last id of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<AppClient>> List(
        string poolId, string? afterClientId, int limit, CancellationToken cancellation) => await database
        .Sql(Page)
        .With("pool_id", poolId)
        .With("after", afterClientId ?? "")
        .With("limit", limit)
        .All(Read, cancellation);

    /// <summary>How many the pool has, as the transaction leaves it.</summary>
    public async Task<long> Count(
        Transaction transaction, string poolId, CancellationToken cancellation) => await transaction
        .Sql("SELECT COUNT(*) FROM app_client WHERE pool_id = @pool_id")
        .With("pool_id", poolId)
        .Number(cancellation) ?? 0;

    /// <summary>Adds a client.</summary>
    public async Task Insert(Transaction transaction, AppClient client, CancellationToken cancellation)
    {
        await Bind(transaction.Sql(Add), client).With("created_ms", client.CreatedAt).Execute(cancellation);
        transaction.Announce($"{Topic}:{client.Id}");
    }

    /// <summary>Stores a changed client; returns it with its new version.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task<AppClient> Update(
        Transaction transaction, AppClient client, CancellationToken cancellation)
    {
        if (await Bind(transaction.Sql(Change), client).Execute(cancellation) == 0)
        {
            // What is cached may be out of date, and whoever tries again has to see what is stored.
            Forget(client.Id);
            throw new ConflictException();
        }

        transaction.Announce($"{Topic}:{client.Id}");
        return client with { Version = client.Version + 1 };
    }

    /// <summary>Keeps the client from being deleted until the transaction ends; false where it is. For what
    /// goes with it.</summary>
    public async Task<bool> Hold(
        Transaction transaction, string poolId, string clientId, CancellationToken cancellation) =>
        await Named(transaction.Sql(Touch), poolId, clientId).Execute(cancellation) == 1;

    /// <summary>Removes the client with how its pages look and what its users agree to.</summary>
    /// <exception cref="ConflictException">It is gone already.</exception>
    public async Task Delete(Transaction transaction, AppClient client, CancellationToken cancellation)
    {
        // Whoever adds something that goes with the client holds it: none comes after this.
        if (!await Hold(transaction, client.PoolId, client.Id, cancellation)) throw new ConflictException();
        foreach (var table in RowsOfClient)
        {
            await Named(
                transaction.Sql($"DELETE FROM {table} WHERE pool_id = @pool_id AND client_id = @client_id"),
                client.PoolId,
                client.Id).Execute(cancellation);
        }

        transaction.Announce($"{Topic}:{client.Id}");
    }

    private void Forget(string? clientId)
    {
        if (clientId is null) clients.Clear();
        else clients.Remove(clientId);
    }

    private void ForgetPool(string? poolId)
    {
        if (poolId is null) clients.Clear();
        else clients.RemoveWhere(client => client.PoolId == poolId);
    }

    private static Statement Named(Statement statement, string poolId, string clientId) =>
        statement.With("pool_id", poolId).With("client_id", clientId);

    private Statement Bind(Statement statement, AppClient client) => Named(
            statement, client.PoolId, client.Id)
        .With("settings", Documents.ToText(client.Settings with { ClientSecret = null }))
        .With("sealed", Seal(client))
        .With("silent_sign_in_ms", client.SilentSignIn == SessionRules.DefaultSilentSignIn
            ? null
            : (long)client.SilentSignIn.TotalMilliseconds)
        .With("modified_ms", client.ModifiedAt)
        .With("version", client.Version);

    /// <summary>Secrets as they are sealed; null for none.</summary>
    internal static byte[]? ToDocument(IReadOnlyList<ClientSecret> secrets) => secrets.Count == 0
        ? null
        : Documents.ToBytes(writer => WriteSecrets(writer, secrets));

    private byte[]? Seal(AppClient client) => ToDocument(client.Secrets) is { } document
        ? sealer.Seal(Purpose, Owner(client.PoolId, client.Id), document)
        : null;

    private AppClient Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Id = row.Text(1),
        Settings = Documents.FromText<UserPoolClientType>(row.Text(2)),
        Secrets = row.BytesOrNull(3) is { } box
            ? Documents.Read(sealer.MustOpen(Purpose, Owner(row.Text(0), row.Text(1)), box), ReadSecrets)
            : [],
        CreatedAt = row.Instant(4),
        ModifiedAt = row.Instant(5),
        Version = row.Number(6),
        SilentSignIn = row.NumberOrNull(7) is { } silent
            ? TimeSpan.FromMilliseconds(silent)
            : SessionRules.DefaultSilentSignIn,
    };

    private static void WriteSecrets(Utf8JsonWriter writer, IEnumerable<ClientSecret> secrets)
    {
        writer.WriteStartArray();
        foreach (var secret in secrets)
        {
            writer.WriteStartObject();
            writer.WriteString("id", secret.Id);
            writer.WriteString("value", secret.Value);
            writer.WriteInstant("created", secret.CreatedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static IReadOnlyList<ClientSecret> ReadSecrets(JsonElement secrets) =>
    [
        .. secrets.EnumerateArray().Select(secret => new ClientSecret(
            secret.Text("id"), secret.Text("value"), secret.Instant("created"))),
    ];

    private static string Owner(string poolId, string clientId) => $"{poolId}/{clientId}";
}
