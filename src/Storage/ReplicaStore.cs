using System.Data.Common;
using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Replicas;

namespace Lifeguard.Storage;

/// <summary>Replicas of user pools. Cached like pools.</summary>
public sealed class ReplicaStore
{
    private const string Topic = "replica";

    private const string Columns =
        "pool_id, region, status, settings, created_ms, modified_ms, version, log_delivery";

    // Regions are kept under this one key.
    private const string AllRegions = "";

    private const string OfPool =
        $"SELECT {Columns} FROM user_pool_replica WHERE pool_id = @pool_id ORDER BY region";

    private const string OfPools =
        """
        SELECT pool_id, region FROM user_pool_replica WHERE pool_id >= @first AND pool_id <= @last
        ORDER BY pool_id, region
        """;

    private const string Hosting =
        """
        SELECT DISTINCT r.region FROM user_pool_replica r JOIN user_pool p ON p.pool_id = r.pool_id
        WHERE p.deleted_ms IS NULL
        """;

    private const string Page =
        """
        SELECT p.pool_id FROM user_pool p JOIN user_pool_replica r ON r.pool_id = p.pool_id
        WHERE r.region = @region AND p.pool_id > @after AND p.deleted_ms IS NULL
        ORDER BY p.pool_id LIMIT @limit
        """;

    private const string Add =
        """
        INSERT INTO user_pool_replica (
          pool_id, region, status, settings, created_ms, modified_ms, version, log_delivery)
        VALUES (
          @pool_id, @region, @status, @settings, @created_ms, @modified_ms, @version, @log_delivery)
        """;

    private const string Change =
        """
        UPDATE user_pool_replica
        SET status = @status, settings = @settings, log_delivery = @log_delivery,
            modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND region = @region AND version = @version
        """;

    private const string Remove =
        """
        DELETE FROM user_pool_replica
        WHERE pool_id = @pool_id AND region = @region AND version = @version
        """;

    private readonly Database database;
    private readonly Cache<IReadOnlyList<UserPoolReplica>> replicas;
    private readonly Cache<IReadOnlySet<string>> regions;

    public ReplicaStore(Database database)
    {
        this.database = database;
        replicas = new(database.Clock);
        regions = new(database.Clock);
        database.Changes.Subscribe(Topic, Forget);
        database.Changes.Subscribe("pool", Forget);
    }

    /// <summary>The replicas of the pool in the order of their regions.</summary>
    public async Task<IReadOnlyList<UserPoolReplica>> Of(string poolId, CancellationToken cancellation) =>
        await replicas.Get(
            poolId,
            async () => await database.Sql(OfPool).With("pool_id", poolId).All(Read, cancellation)) ?? [];

    /// <summary>The replicas of the pool as they are stored at this moment.</summary>
    public async Task<IReadOnlyList<UserPoolReplica>> Of(
        Transaction transaction, string poolId, CancellationToken cancellation) =>
        await transaction.Sql(OfPool).With("pool_id", poolId).All(Read, cancellation);

    /// <summary>Does the region host a replica of any pool?</summary>
    public async ValueTask<bool> Hosts(string region, CancellationToken cancellation)
    {
        var all = await regions.Get(
            AllRegions,
            async () => (await database.Sql(Hosting).All(row => row.Text(0), cancellation)).ToHashSet());
        return all!.Contains(region);
    }

    /// <summary>The regions of all replicas of the pools from <paramref name="firstPoolId"/> to
    /// <paramref name="lastPoolId"/>.</summary>
    public async Task<ILookup<string, string>> Regions(
        string firstPoolId, string lastPoolId, CancellationToken cancellation)
    {
        var found = await database.Sql(OfPools)
            .With("first", firstPoolId)
            .With("last", lastPoolId)
            .All(row => (PoolId: row.Text(0), Region: row.Text(1)), cancellation);
        return found.ToLookup(each => each.PoolId, each => each.Region);
    }

    /// <summary>Ids of up to <paramref name="limit"/> pools with a replica in <paramref name="region"/>, in
    /// their order.</summary>
    /// <param name="afterPoolId">The last id of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<string>> PoolsIn(
        string region, string? afterPoolId, int limit, CancellationToken cancellation) => await database
        .Sql(Page)
        .With("region", region)
        .With("after", afterPoolId ?? "")
        .With("limit", limit)
        .All(row => row.Text(0), cancellation);

    /// <summary>Adds a replica.</summary>
    public async Task Insert(
        Transaction transaction, UserPoolReplica replica, CancellationToken cancellation)
    {
        await BindAll(transaction.Sql(Add), replica)
            .With("created_ms", replica.CreatedAt)
            .Execute(cancellation);
        Announce(transaction, replica);
    }

    /// <summary>Stores a changed replica; returns it with its new version.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task<UserPoolReplica> Update(
        Transaction transaction, UserPoolReplica replica, CancellationToken cancellation)
    {
        var changed = await BindAll(transaction.Sql(Change), replica).Execute(cancellation);
        if (changed == 0) throw new ConflictException();
        Announce(transaction, replica);
        return replica with { Version = replica.Version + 1 };
    }

    /// <summary>Removes the replica.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task Delete(
        Transaction transaction, UserPoolReplica replica, CancellationToken cancellation)
    {
        if (await Bind(transaction.Sql(Remove), replica).Execute(cancellation) == 0)
            throw new ConflictException();
        Announce(transaction, replica);
    }

    private void Forget(string? poolId)
    {
        regions.Clear();
        if (poolId is null) replicas.Clear();
        else replicas.Remove(poolId);
    }

    private static void Announce(Transaction transaction, UserPoolReplica replica) =>
        transaction.Announce($"{Topic}:{replica.PoolId}");

    private static Statement Bind(Statement statement, UserPoolReplica replica) => statement
        .With("pool_id", replica.PoolId)
        .With("region", replica.Region)
        .With("version", replica.Version);

    private static Statement BindAll(Statement statement, UserPoolReplica replica) => Bind(statement, replica)
        .With("status", replica.Status)
        .With("settings", Documents.ToText(replica.Settings))
        .With("log_delivery", Documents.ToText(replica.Logs.Settings))
        .With("modified_ms", replica.ModifiedAt);

    private static UserPoolReplica Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Region = row.Text(1),
        Status = row.Text(2),
        Settings = Documents.FromText<UserPoolType>(row.Text(3)),
        CreatedAt = row.Instant(4),
        ModifiedAt = row.Instant(5),
        Version = row.Number(6),
        Logs = row.TextOrNull(7) is { } logs
            ? new(Documents.FromText<LogDeliveryConfigurationType>(logs))
            : LogDelivery.None(row.Text(0)),
    };
}
