using Lifeguard.Contract;
using Lifeguard.Domain.Logs;

namespace Lifeguard.Storage.Tests;

public sealed class LogDeliveryStoreTests
{
    private const string Group = "arn:aws:logs:eu-west-1:000000000000:log-group:a";

    [Theory, EachDatabase]
    public async Task A_delivery_comes_back_as_it_was_set_last(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var deliveries = new LogDeliveryStore(stores.Database);
        Assert.Null(await Destination(deliveries, "p"));

        await Set(stores, deliveries, To("p", Group));
        Assert.Equal(Group, await Destination(deliveries, "p"));
        Assert.Equal(Group, await Destination(new LogDeliveryStore(stores.Database), "p"));
        Assert.Null(await Destination(deliveries, "other"));
        await Set(stores, deliveries, LogDelivery.None("p"));

        Assert.Null(await Destination(deliveries, "p"));
        Assert.Equal("p", (await deliveries.Of("p", Stores.Cancellation)).PoolId);
    }

    // Not on PostgreSQL, where the node's own notices empty its cache at their own time.
    [Theory]
    [InlineData(DatabaseKind.Memory)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task What_is_not_delivered_is_cached_as_well_and_for_seconds_only(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var deliveries = new LogDeliveryStore(stores.Database);
        Assert.Null(await Destination(deliveries, "p"));

        // As by another node before its notice arrives.
        await stores.Write(transaction => transaction
            .Sql("INSERT INTO log_delivery (pool_id, configurations, modified_ms) VALUES ('p', @text, 0)")
            .With("text", Documents.ToText(To("p", Group).Settings))
            .Execute(Stores.Cancellation));

        Assert.Null(await Destination(deliveries, "p"));
        stores.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Group, await Destination(deliveries, "p"));
    }

    [Theory, EachDatabase]
    public async Task A_delivery_goes_with_its_pool(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var deliveries = new LogDeliveryStore(stores.Database);
        var pool = await stores.Add(Sample.Pool());
        await Set(stores, deliveries, To(pool.Id, Group));
        await Set(stores, deliveries, To("kept", Group));
        await stores.Write(
            transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stores.Cancellation));

        while (await stores.Pools.PurgeSome(10, Stores.Cancellation))
        {
        }

        Assert.Equal(
            1, await stores.Database.Sql("SELECT COUNT(*) FROM log_delivery").Number(Stores.Cancellation));
    }

    private static async Task<string?> Destination(LogDeliveryStore deliveries, string poolId) =>
        (await deliveries.Of(poolId, Stores.Cancellation)).DestinationOf(EventSourceName.UserNotification);

    private static Task Set(Stores stores, LogDeliveryStore deliveries, LogDelivery delivery) => stores.Write(
        transaction => deliveries.Set(transaction, delivery, stores.Now, Stores.Cancellation));

    private static LogDelivery To(string poolId, string group) => new(new LogDeliveryConfigurationType
    {
        UserPoolId = poolId,
        LogConfigurations =
        [
            new()
            {
                EventSource = EventSourceName.UserNotification,
                LogLevel = LogLevel.Error,
                CloudWatchLogsConfiguration = new() { LogGroupArn = group },
            },
        ],
    });
}
