using System.Data.Common;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Storage;

/// <summary>User pools and their signing keys. Both are cached; a change is seen at once on this node and
/// within five seconds, mostly at once, on others.</summary>
public sealed class PoolStore
{
    internal const string Topic = "pool";

    private const string Columns =
        """
        p.pool_id, p.settings, p.created_ms, p.modified_ms, p.version, k.sealed, p.factors,
        p.session_tracking, p.sessions_per_user, d.domain, c.domain
        """;

    private const string Source =
        $"""
        user_pool p LEFT JOIN pool_key k ON k.pool_id = p.pool_id AND k.key_id = '{PoolKey.StandInId}'
        LEFT JOIN user_pool_domain d ON d.pool_id = p.pool_id AND d.kind = 'prefix'
        LEFT JOIN user_pool_domain c ON c.pool_id = p.pool_id AND c.kind = 'custom'
        """;

    private const string ById =
        $"SELECT {Columns} FROM {Source} WHERE p.pool_id = @pool_id AND p.deleted_ms IS NULL";

    private const string Page =
        $"""
        SELECT {Columns} FROM {Source} WHERE p.pool_id > @after AND p.deleted_ms IS NULL
        ORDER BY p.pool_id LIMIT @limit
        """;

    private const string Add =
        """
        INSERT INTO user_pool (
          pool_id, name, settings, factors, session_tracking, sessions_per_user, created_ms, modified_ms,
          version, deleted_ms)
        VALUES (
          @pool_id, @name, @settings, @factors, @session_tracking, @sessions_per_user, @created_ms,
          @modified_ms, @version, NULL)
        """;

    private const string Change =
        """
        UPDATE user_pool
        SET name = @name, settings = @settings, factors = @factors, session_tracking = @session_tracking,
          sessions_per_user = @sessions_per_user, modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND version = @version AND deleted_ms IS NULL
        """;

    // Changes nothing, and makes everybody else who changes the row wait for the commit.
    private const string Touch =
        "UPDATE user_pool SET version = version WHERE pool_id = @pool_id AND deleted_ms IS NULL";

    private const string MarkDeleted =
        "UPDATE user_pool SET deleted_ms = @now WHERE pool_id = @pool_id AND deleted_ms IS NULL";

    private readonly Database database;
    private readonly Sealer sealer;
    private readonly SigningKeyRows keys;
    private readonly Cache<UserPool> pools;
    private readonly Cache<IReadOnlyList<SigningKey>> keysOfPools;

    public PoolStore(Database database, Sealer sealer)
    {
        this.database = database;
        this.sealer = sealer;
        keys = new SigningKeyRows(database, sealer);
        pools = new(database.Clock);
        keysOfPools = new(database.Clock);
        database.Changes.Subscribe(Topic, Forget);
    }

    /// <summary>The pool.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: there is no such pool.</exception>
    public async Task<UserPool> Get(string poolId, CancellationToken cancellation) =>
        await Find(poolId, cancellation) ?? throw Reject.PoolNotFound(poolId);

    /// <summary>The pool; null where there is none.</summary>
    public Task<UserPool?> Find(string poolId, CancellationToken cancellation) => pools.Get(
        poolId, () => database.Sql(ById).With("pool_id", poolId).First(Read, cancellation));

    /// <summary>Up to <paramref name="limit"/> pools in the order of their ids.</summary>
    /// <param name="afterPoolId">The last id of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<UserPool>> List(
        string? afterPoolId, int limit, CancellationToken cancellation) => await database.Sql(Page)
        .With("after", afterPoolId ?? "")
        .With("limit", limit)
        .All(Read, cancellation);

    /// <summary>How many pools there are.</summary>
    public async Task<long> Count(CancellationToken cancellation) =>
        await database.Sql("SELECT COUNT(*) FROM user_pool WHERE deleted_ms IS NULL")
            .Number(cancellation) ?? 0;

    /// <summary>Adds a pool with its first signing keys.</summary>
    public async Task Insert(
        Transaction transaction,
        UserPool pool,
        IEnumerable<SigningKey> signingKeys,
        CancellationToken cancellation)
    {
        await Bind(transaction.Sql(Add), pool).With("created_ms", pool.CreatedAt).Execute(cancellation);
        await AddSigningKeys(transaction, signingKeys, cancellation);
        transaction.Announce($"{Topic}:{pool.Id}");
    }

    /// <summary>Keeps everybody else from changing or deleting the pool until the transaction ends; false
    /// where there is none. For what depends on more rows than the one that is written.</summary>
    public async Task<bool> Hold(
        Transaction transaction, string poolId, CancellationToken cancellation) =>
        await transaction.Sql(Touch).With("pool_id", poolId).Execute(cancellation) == 1;

    /// <summary>Stores a changed pool; returns it with its new version.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task<UserPool> Update(
        Transaction transaction, UserPool pool, CancellationToken cancellation)
    {
        if (await Bind(transaction.Sql(Change), pool).Execute(cancellation) == 0)
        {
            // What is cached may be out of date, and whoever tries again has to see what is stored.
            Forget(pool.Id);
            throw new ConflictException();
        }

        transaction.Announce($"{Topic}:{pool.Id}");
        return pool with { Version = pool.Version + 1 };
    }

    /// <summary>The pool and everything in it are gone at once; <see cref="PurgeSome"/> frees the space
    /// later.</summary>
    /// <exception cref="ConflictException">It is deleted already.</exception>
    public async Task Delete(
        Transaction transaction, UserPool pool, DateTimeOffset now, CancellationToken cancellation)
    {
        var marked = await transaction.Sql(MarkDeleted)
            .With("pool_id", pool.Id)
            .With("now", now)
            .Execute(cancellation);
        if (marked == 0) throw new ConflictException();
        transaction.Announce($"{Topic}:{pool.Id}");
    }

    /// <summary>All keys of the pool, the retired ones included, oldest first.</summary>
    public async Task<IReadOnlyList<SigningKey>> SigningKeys(string poolId, CancellationToken cancellation) =>
        await keysOfPools.Get(poolId, async () => await keys.Of(poolId, cancellation)) ?? [];

    /// <summary>Adds keys; <see cref="SigningKey.InForce"/> says when they sign.</summary>
    public async Task AddSigningKeys(
        Transaction transaction, IEnumerable<SigningKey> signingKeys, CancellationToken cancellation)
    {
        foreach (var key in signingKeys)
        {
            await keys.Insert(transaction, key, cancellation);
            transaction.Announce($"{Topic}:{key.PoolId}");
        }
    }

    /// <summary>Ends the signing of all keys of the pool that were created before
    /// <paramref name="createdBefore"/>, at the latest at <paramref name="retiredAt"/>; they stay in the
    /// JWKS.</summary>
    public async Task RetireSigningKeys(
        Transaction transaction,
        string poolId,
        DateTimeOffset createdBefore,
        DateTimeOffset retiredAt,
        CancellationToken cancellation)
    {
        await keys.Retire(transaction, poolId, createdBefore, retiredAt, cancellation);
        transaction.Announce($"{Topic}:{poolId}");
    }

    /// <summary>Removes up to <paramref name="limit"/> keys that have left the JWKS; returns how
    /// many.</summary>
    public Task<int> SweepSigningKeys(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        keys.Sweep(now - SigningKey.KeptAfter, limit, cancellation);

    /// <summary>
    /// Removes up to <paramref name="limit"/> rows of a deleted pool from each table, in the background.
    /// Returns false once nothing of deleted pools is left.
    /// </summary>
    public Task<bool> PurgeSome(int limit, CancellationToken cancellation) =>
        new Purge(database).Some(limit, cancellation);

    private void Forget(string? poolId)
    {
        if (poolId is null)
        {
            pools.Clear();
            keysOfPools.Clear();
            return;
        }

        pools.Remove(poolId);
        keysOfPools.Remove(poolId);
    }

    private static Statement Bind(Statement statement, UserPool pool) => statement
        .With("pool_id", pool.Id)
        .With("name", pool.Name)
        // The settings show the domains; what they are is in rows of their own.
        .With("settings", Documents.ToText(pool.Settings with { Domain = null, CustomDomain = null }))
        .With("factors", PoolFactorsText.Write(pool.Factors))
        .With("session_tracking", Unless(pool.Sessions == SessionTracking.Off, pool.Sessions.IsOn ? 1 : 0))
        .With("sessions_per_user", Unless(pool.Sessions == SessionTracking.Off, pool.Sessions.MaxPerUser))
        .With("modified_ms", pool.ModifiedAt)
        .With("version", pool.Version);

    private static long? Unless(bool isDefault, long value) => isDefault ? null : value;

    private UserPool Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        Settings = Documents.FromText<UserPoolType>(row.Text(1)) with
        {
            Domain = row.TextOrNull(9),
            CustomDomain = row.TextOrNull(10),
        },
        CreatedAt = row.Instant(2),
        ModifiedAt = row.Instant(3),
        Version = row.Number(4),
        StandInKey = row.BytesOrNull(5) is { } box
            ? PoolKeyStore.Open(sealer, row.Text(0), PoolKey.StandInId, box)
            : null,
        Factors = PoolFactorsText.Read(row.TextOrNull(6)),
        Sessions = row.NumberOrNull(7) is { } tracking
            ? new(tracking == 1, (int)row.Number(8))
            : SessionTracking.Off,
    };
}
