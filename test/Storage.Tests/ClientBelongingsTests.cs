namespace Lifeguard.Storage.Tests;

/// <summary>What goes with an app client.</summary>
public sealed class ClientBelongingsTests
{
    [Theory, EachDatabase]
    public async Task How_pages_look_and_what_users_agree_to_go_with_the_client(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        string[] ids = ["leaving", "staying"];
        await stores.Write(async transaction =>
        {
            foreach (var id in ids)
            {
                await stores.Clients.Insert(transaction, Client(pool.Id, id), Stores.Cancellation);
                var style = Sample.Style(pool.Id, id);
                await stores.LoginStyles.Insert(transaction, style, Stores.Cancellation);
                await stores.LoginStyles.PutImages(
                    transaction, style, [Sample.Image("a")], Stores.Cancellation);
                await stores.Terms.Insert(transaction, Sample.Terms(pool.Id, id), Stores.Cancellation);
                await stores.UICustomizations.Set(
                    transaction, Sample.Customization(pool.Id, id), Stores.Cancellation);
            }
        });

        await stores.Write(transaction => stores.Clients.Delete(
            transaction, Client(pool.Id, "leaving"), Stores.Cancellation));

        foreach (var (id, count) in new[] { ("leaving", 0), ("staying", 1) })
        {
            var style = await stores.LoginStyles.FindByClient(pool.Id, id, Stores.Cancellation);
            Assert.Equal(count, style is null ? 0 : 1);
            Assert.Equal(
                count, (await stores.LoginStyles.Images(pool.Id, id, Stores.Cancellation)).Count);
            Assert.Equal(count, (await stores.Terms.Of(pool.Id, id, Stores.Cancellation)).Count);
            var custom = await stores.UICustomizations.Find(pool.Id, id, Stores.Cancellation);
            Assert.Equal(count, custom is null ? 0 : 1);
        }
    }

    [Theory, EachDatabase]
    public async Task A_client_that_is_held_is_there_and_one_that_is_gone_cannot_be(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var client = Client(pool.Id, "client");
        await stores.Write(transaction => stores.Clients.Insert(transaction, client, Stores.Cancellation));

        await stores.Write(async transaction =>
        {
            Assert.True(await stores.Clients.Hold(transaction, pool.Id, "client", Stores.Cancellation));
            Assert.False(await stores.Clients.Hold(transaction, "elsewhere", "client", Stores.Cancellation));
            await stores.Clients.Delete(transaction, client, Stores.Cancellation);
            Assert.False(await stores.Clients.Hold(transaction, pool.Id, "client", Stores.Cancellation));
        });
        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(transaction =>
            stores.Clients.Delete(transaction, client, Stores.Cancellation)));
    }

    private static Domain.AppClient Client(string poolId, string id) => new()
    {
        PoolId = poolId,
        Id = id,
        Settings = new() { ClientName = id },
        CreatedAt = Sample.Then,
        ModifiedAt = Sample.Then,
    };
}
