using System.Data.Common;
using Lifeguard.Domain;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage;

/// <summary>Signing keys as rows; the private key is sealed.</summary>
internal sealed class SigningKeyRows(Database database, Sealer sealer)
{
    internal const string Purpose = "signing-key";

    private const string OfPool =
        """
        SELECT pool_id, key_id, token_use, sealed, created_ms, retired_ms FROM signing_key
        WHERE pool_id = @pool_id ORDER BY created_ms, key_id
        """;

    private const string Add =
        """
        INSERT INTO signing_key (pool_id, key_id, token_use, sealed, created_ms, retired_ms)
        VALUES (@pool_id, @key_id, @token_use, @sealed, @created_ms, @retired_ms)
        """;

    private const string RetireBefore =
        """
        UPDATE signing_key SET retired_ms = @retired_ms
        WHERE pool_id = @pool_id AND created_ms < @created_before
          AND (retired_ms IS NULL OR retired_ms > @retired_ms)
        """;

    private const string RemoveRetired =
        """
        DELETE FROM signing_key WHERE (pool_id, key_id) IN (
          SELECT pool_id, key_id FROM signing_key WHERE retired_ms <= @before
          ORDER BY retired_ms LIMIT @limit)
        """;

    public Task<List<SigningKey>> Of(string poolId, CancellationToken cancellation) =>
        database.Sql(OfPool).With("pool_id", poolId).All(Read, cancellation);

    public Task Insert(Transaction transaction, SigningKey key, CancellationToken cancellation) => transaction
        .Sql(Add)
        .With("pool_id", key.PoolId)
        .With("key_id", key.KeyId)
        .With("token_use", Word(key.Use))
        .With("sealed", sealer.Seal(Purpose, Owner(key.PoolId, key.KeyId), key.PrivateKey))
        .With("created_ms", key.CreatedAt)
        .With("retired_ms", key.RetiredAt)
        .Execute(cancellation);

    public Task Retire(
        Transaction transaction,
        string poolId,
        DateTimeOffset createdBefore,
        DateTimeOffset retiredAt,
        CancellationToken cancellation) => transaction
        .Sql(RetireBefore)
        .With("pool_id", poolId)
        .With("created_before", createdBefore)
        .With("retired_ms", retiredAt)
        .Execute(cancellation);

    /// <summary>Removes up to <paramref name="limit"/> keys that retired before an instant; returns how
    /// many.</summary>
    public Task<int> Sweep(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        database.Write(
            transaction => transaction.Sql(RemoveRetired)
                .With("before", before)
                .With("limit", limit)
                .Execute(cancellation),
            cancellation);

    /// <summary>A new key as a row that has not been sealed yet.</summary>
    internal static PoolRow ToRow(PoolTable table, SigningKey key) => table.Row(
        ("key_id", key.KeyId),
        ("token_use", Word(key.Use)),
        ("sealed", key.PrivateKey),
        ("created_ms", key.CreatedAt.ToUnixTimeMilliseconds()),
        ("retired_ms", key.RetiredAt?.ToUnixTimeMilliseconds()));

    private static string Word(TokenUse use) => use == TokenUse.Id ? "id" : "access";

    private SigningKey Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        KeyId = row.Text(1),
        Use = row.Text(2) == "id" ? TokenUse.Id : TokenUse.Access,
        PrivateKey = sealer.MustOpen(Purpose, Owner(row.Text(0), row.Text(1)), row.Bytes(3)),
        CreatedAt = row.Instant(4),
        RetiredAt = row.InstantOrNull(5),
    };

    private static string Owner(string poolId, string keyId) => $"{poolId}/{keyId}";
}
