using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Replicas;

namespace Lifeguard.Storage.Tests;

public sealed class ReplicaStoreTests
{
    private const string Region = "eu-central-1";
    private const string Group = "arn:aws:logs:eu-central-1:000000000000:log-group:a";

    private static CancellationToken Stop => Stores.Cancellation;

    [Theory, EachDatabase]
    public async Task A_replica_comes_back_as_it_was_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        Assert.Empty(await stores.Replicas.Of(pool.Id, Stop));
        var second = await Add(stores, Replica(pool, "us-west-2"));
        var first = await Add(stores, Replica(pool, Region) with { Logs = ToGroup(pool) });

        var found = await stores.Replicas.Of(pool.Id, Stop);

        Assert.Equal([Region, "us-west-2"], found.Select(replica => replica.Region));
        Assert.Equal("sea", found[0].Settings.UserPoolTags!["team"]);
        Assert.Equal(Group, found[0].Logs.DestinationOf(EventSourceName.UserNotification));
        Assert.Empty(found[1].Logs.Settings.LogConfigurations);
        Assert.Equal(first with { Settings = found[0].Settings, Logs = found[0].Logs }, found[0]);
        Assert.Equal(second with { Settings = found[1].Settings, Logs = found[1].Logs }, found[1]);
        Assert.Empty(await stores.Replicas.Of("eu-west-1_Other0001", Stop));
    }

    [Theory, EachDatabase]
    public async Task A_replica_that_is_older_than_logs_of_its_own_has_none(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        await Add(stores, Replica(pool, Region) with { Logs = ToGroup(pool) });
        await stores.Write(transaction => transaction
            .Sql("UPDATE user_pool_replica SET log_delivery = NULL").Execute(Stop));

        var found = Assert.Single(await stores.Replicas.Of(pool.Id, Stop));

        Assert.Equal(pool.Id, found.Logs.PoolId);
        Assert.Empty(found.Logs.Settings.LogConfigurations);
    }

    [Theory, EachDatabase]
    public async Task Of_two_changes_of_one_version_one_wins(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var replica = await Add(stores, Replica(await stores.Add(Sample.Pool()), Region));
        var active = replica with { Status = ReplicaStatusType.Active, ModifiedAt = stores.Now };

        var changed = await Update(stores, active);

        await Assert.ThrowsAsync<ConflictException>(() => Update(stores, active));
        await Assert.ThrowsAsync<ConflictException>(() => Delete(stores, replica));
        var found = Assert.Single(await stores.Replicas.Of(replica.PoolId, Stop));
        Assert.Equal(
            (ReplicaStatusType.Active, stores.Now, 1), (found.Status, found.ModifiedAt, found.Version));
        await Delete(stores, changed);
        Assert.Empty(await stores.Replicas.Of(replica.PoolId, Stop));
        await Assert.ThrowsAsync<ConflictException>(() => Delete(stores, changed));
    }

    [Theory, EachDatabase]
    public async Task Regions_host_replicas_of_pools_that_are_there(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        Assert.False(await stores.Replicas.Hosts(Region, Stop));

        await Add(stores, Replica(pool, Region));
        Assert.True(await stores.Replicas.Hosts(Region, Stop));
        Assert.False(await stores.Replicas.Hosts("us-west-2", Stop));

        await stores.Write(transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stop));
        Assert.False(await stores.Replicas.Hosts(Region, Stop));
    }

    [Theory, EachDatabase]
    public async Task Pools_of_a_region_are_listed_by_id_without_the_deleted(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        foreach (var id in (string[])["r_c", "r_A", "r_b", "r_d", "r_e"])
            await Add(stores, Replica(await stores.Add(Sample.Pool(id)), id == "r_e" ? "us-west-2" : Region));
        var gone = await stores.Pools.Get("r_b", Stop);
        await stores.Write(transaction => stores.Pools.Delete(transaction, gone, stores.Now, Stop));

        var first = await stores.Replicas.PoolsIn(Region, null, 2, Stop);
        var second = await stores.Replicas.PoolsIn(Region, first[^1], 2, Stop);

        Assert.Equal(["r_A", "r_c"], first);
        Assert.Equal(["r_d"], second);
        var regions = await stores.Replicas.Regions("r_c", "r_e", Stop);
        Assert.Equal([Region], regions["r_d"]);
        Assert.Equal(["us-west-2"], regions["r_e"]);
        Assert.Empty(regions["r_A"]);
    }

    // Not on PostgreSQL, where the node's own notices empty its cache at their own time.
    [Theory]
    [InlineData(DatabaseKind.Memory)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_change_is_seen_at_once_on_its_node_and_later_on_others(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var replica = await Add(stores, Replica(await stores.Add(Sample.Pool()), Region));
        await stores.Replicas.Of(replica.PoolId, Stop);
        await stores.Replicas.Hosts(Region, Stop);

        // A change that this node is not told of, as one by another node before its notice arrives.
        await stores.Write(transaction => transaction
            .Sql("UPDATE user_pool_replica SET region = 'us-west-2'").Execute(Stop));

        Assert.Equal(Region, (await stores.Replicas.Of(replica.PoolId, Stop))[0].Region);
        Assert.True(await stores.Replicas.Hosts(Region, Stop));
        stores.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("us-west-2", (await stores.Replicas.Of(replica.PoolId, Stop))[0].Region);
        Assert.False(await stores.Replicas.Hosts(Region, Stop));
    }

    [Theory, EachDatabase]
    public async Task Replicas_are_purged_with_their_pool(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var kept = await stores.Add(Sample.AliasPool());
        await Add(stores, Replica(pool, Region));
        await Add(stores, Replica(kept, Region));
        await stores.Write(transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stop));

        while (await stores.Pools.PurgeSome(10, Stop))
        {
        }

        Assert.Equal(
            1, await stores.Database.Sql("SELECT COUNT(*) FROM user_pool_replica").Number(Stop));
        Assert.Single(await stores.Replicas.Of(kept.Id, Stop));
    }

    private static UserPoolReplica Replica(UserPool pool, string region) => new()
    {
        PoolId = pool.Id,
        Region = region,
        Status = ReplicaStatusType.Inactive,
        Settings = new() { UserPoolTags = new Dictionary<string, string> { ["team"] = "sea" } },
        CreatedAt = Sample.Then,
        ModifiedAt = Sample.Then,
    };

    private static LogDelivery ToGroup(UserPool pool) => new(new LogDeliveryConfigurationType
    {
        UserPoolId = pool.Id,
        LogConfigurations =
        [
            new()
            {
                EventSource = EventSourceName.UserNotification,
                LogLevel = LogLevel.Error,
                CloudWatchLogsConfiguration = new() { LogGroupArn = Group },
            },
        ],
    });

    private static async Task<UserPoolReplica> Add(Stores stores, UserPoolReplica replica)
    {
        await stores.Write(transaction => stores.Replicas.Insert(transaction, replica, Stop));
        return replica;
    }

    private static Task<UserPoolReplica> Update(Stores stores, UserPoolReplica replica) =>
        stores.Database.Write(transaction => stores.Replicas.Update(transaction, replica, Stop), Stop);

    private static Task Delete(Stores stores, UserPoolReplica replica) =>
        stores.Write(transaction => stores.Replicas.Delete(transaction, replica, Stop));
}
