namespace Lifeguard.Storage.Tests;

public sealed class ProvisionedLimitStoreTests
{
    [Theory, EachDatabase]
    public async Task Rates_come_back_as_they_were_set_last(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var limits = new ProvisionedLimitStore(stores.Database);
        Assert.Empty(await limits.All(Stores.Cancellation));

        await Set(stores, limits, "UserRead", 200);
        await Set(stores, limits, "UserToken", 130);
        await Set(stores, limits, "UserRead", 300);

        var expected = new Dictionary<string, int> { ["UserRead"] = 300, ["UserToken"] = 130 };
        Assert.Equal(expected, await limits.All(Stores.Cancellation));
        Assert.Equal(expected, await new ProvisionedLimitStore(stores.Database).All(Stores.Cancellation));
    }

    // Not on PostgreSQL, where the node's own notices empty its cache at their own time.
    [Theory]
    [InlineData(DatabaseKind.Memory)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task What_another_node_has_set_holds_here_within_seconds(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var limits = new ProvisionedLimitStore(stores.Database);
        await Set(stores, limits, "UserRead", 200);
        Assert.Equal(200, (await limits.All(Stores.Cancellation))["UserRead"]);

        // As by another node before its notice arrives.
        await stores.Write(transaction => transaction
            .Sql("UPDATE provisioned_limit SET per_second = 500").Execute(Stores.Cancellation));

        Assert.Equal(200, (await limits.All(Stores.Cancellation))["UserRead"]);
        stores.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(500, (await limits.All(Stores.Cancellation))["UserRead"]);
    }

    [Theory, EachDatabase]
    public async Task A_reset_takes_them_back(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var limits = new ProvisionedLimitStore(stores.Database);
        await Set(stores, limits, "UserRead", 200);

        await stores.Database.Reset(Stores.Cancellation);

        Assert.Empty(await limits.All(Stores.Cancellation));
    }

    private static Task Set(Stores stores, ProvisionedLimitStore limits, string category, int perSecond) =>
        stores.Write(transaction => limits.Set(
            transaction, category, perSecond, stores.Now, Stores.Cancellation));
}
