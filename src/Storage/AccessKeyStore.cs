using System.Data.Common;
using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>Access keys of the whole deployment; secret and session token are sealed. Each signed call needs
/// one, so they are cached like pools.</summary>
public sealed class AccessKeyStore
{
    private const string Topic = "access-key";
    private const string Purpose = "access-key";
    private const string Columns = "id, sealed, user_name, policy, created_ms, expires_ms";

    private const string Put =
        $"""
        INSERT INTO access_key ({Columns})
        VALUES (@id, @sealed, @user_name, @policy, @created_ms, @expires_ms)
        """;

    // Of several nodes that start at once only one may look at a time; the row is there since the first data
    // key, whose id is fixed.
    private const string HoldFirstDataKey =
        $"UPDATE data_key SET id = id WHERE id = '{KeyRingLoader.FirstId}'";

    private const string PutFirst =
        $"""
        INSERT INTO access_key ({Columns})
        SELECT @id, @sealed, @user_name, @policy, @created_ms, @expires_ms
        WHERE NOT EXISTS (SELECT 1 FROM access_key)
        """;

    private const string RemoveExpired =
        """
        DELETE FROM access_key WHERE id IN (
          SELECT id FROM access_key WHERE expires_ms <= @now ORDER BY expires_ms, id LIMIT @limit)
        """;

    private readonly Database database;
    private readonly Sealer sealer;
    private readonly Cache<AccessKey> keys;

    public AccessKeyStore(Database database, Sealer sealer)
    {
        this.database = database;
        this.sealer = sealer;
        keys = new(database.Clock);
        database.Changes.Subscribe(Topic, Forget);
    }

    /// <summary>Adds a key.</summary>
    public async Task Insert(Transaction transaction, AccessKey key, CancellationToken cancellation)
    {
        await Bind(transaction.Sql(Put), key).Execute(cancellation);
        transaction.Announce($"{Topic}:{key.Id}");
    }

    /// <summary>Adds a key where there is none, expired or not; false where there is another. Of several
    /// nodes at once exactly one adds its own.</summary>
    /// <exception cref="InvalidOperationException">There is no data key yet.</exception>
    public async Task<bool> InsertFirst(
        Transaction transaction, AccessKey key, CancellationToken cancellation)
    {
        if (await transaction.Sql(HoldFirstDataKey).Execute(cancellation) == 0)
            throw new InvalidOperationException("Load the key ring first.");
        await Bind(transaction.Sql(PutFirst), key).Execute(cancellation);
        // Not the number of rows just added: the unit runs again where the answer to its commit was lost, and
        // then finds its own key.
        var isFirst = await transaction.Sql("SELECT COUNT(*) FROM access_key WHERE id = @id")
            .With("id", key.Id)
            .Number(cancellation) == 1;
        if (isFirst) transaction.Announce($"{Topic}:{key.Id}");
        return isFirst;
    }

    /// <summary>The key, expired or not; null where there is none.</summary>
    public Task<AccessKey?> Find(string id, CancellationToken cancellation) => keys.Get(id, () => database
        .Sql($"SELECT {Columns} FROM access_key WHERE id = @id")
        .With("id", id)
        .First(Read, cancellation));

    /// <summary>All keys, in the order of their ids.</summary>
    public async Task<IReadOnlyList<AccessKey>> List(CancellationToken cancellation) => await database
        .Sql($"SELECT {Columns} FROM access_key ORDER BY id")
        .All(Read, cancellation);

    /// <summary>Removes a key; false where there is none.</summary>
    public async Task<bool> Delete(Transaction transaction, string id, CancellationToken cancellation)
    {
        transaction.Announce($"{Topic}:{id}");
        return await transaction.Sql("DELETE FROM access_key WHERE id = @id")
            .With("id", id)
            .Execute(cancellation) == 1;
    }

    /// <summary>Removes up to <paramref name="limit"/> temporary keys that have expired; returns how
    /// many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveExpired)
            .With("now", now)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private void Forget(string? id)
    {
        if (id is null) keys.Clear();
        else keys.Remove(id);
    }

    private Statement Bind(Statement statement, AccessKey key) => statement
        .With("id", key.Id)
        .With("sealed", Seal(key))
        .With("user_name", key.UserName)
        .With("policy", key.Policy)
        .With("created_ms", key.CreatedAt)
        .With("expires_ms", key.ExpiresAt);

    private byte[] Seal(AccessKey key) => sealer.Seal(
        Purpose,
        key.Id,
        Documents.ToBytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("secret", key.Secret);
            if (key.SessionToken is { } token) writer.WriteString("sessionToken", token);
            writer.WriteEndObject();
        }));

    private AccessKey Read(DbDataReader row) => Documents.Read(
        sealer.MustOpen(Purpose, row.Text(0), row.Bytes(1)),
        secrets => new AccessKey(
            Id: row.Text(0),
            Secret: secrets.Text("secret"),
            SessionToken: secrets.TextOrNull("sessionToken"),
            UserName: row.Text(2),
            Policy: row.Text(3),
            CreatedAt: row.Instant(4),
            ExpiresAt: row.InstantOrNull(5)));
}
