using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

public sealed class ClientStoreTests
{
    [Theory, EachDatabase]
    public async Task A_client_comes_back_with_its_secrets(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var secret = new ClientSecret("c1--1", "s3cr3t", Sample.Then);
        await Add(stores, Client(pool, "c1") with { Secrets = [secret] });

        var found = await stores.Clients.Get(pool.Id, "c1", Stores.Cancellation);

        Assert.Equal([secret], found.Secrets);
        Assert.Equal("app c1", found.Settings.ClientName);
        Assert.False((await Added(stores, Client(pool, "c2"))).IsConfidential);
    }

    [Theory, EachDatabase]
    public async Task A_client_of_another_pool_is_not_found(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var other = await stores.Add(Sample.AliasPool());
        await Add(stores, Client(pool, "c1"));

        var refusal = await Assert.ThrowsAsync<ApiException>(
            () => stores.Clients.Get(other.Id, "c1", Stores.Cancellation));

        Assert.Equal("ResourceNotFoundException", refusal.Code);
        Assert.Equal(pool.Id, (await stores.Clients.Find("c1", Stores.Cancellation))!.PoolId);
    }

    [Theory, EachDatabase]
    public async Task A_client_goes_with_its_pool(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        await Add(stores, Client(pool, "c1"));
        Assert.NotNull(await stores.Clients.Find("c1", Stores.Cancellation));

        await stores.Write(
            transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stores.Cancellation));

        Assert.Null(await stores.Clients.Find("c1", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Who_loses_a_race_to_another_node_reads_what_won(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        await Add(stores, Client(pool, "c1"));
        var stale = await stores.Clients.Get(pool.Id, "c1", Stores.Cancellation);
        // As another node does whose message has not come yet.
        await stores.Write(transaction => transaction
            .Sql("UPDATE app_client SET version = version + 1").Execute(Stores.Cancellation));

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Clients.Update(transaction, stale, Stores.Cancellation)));

        var fresh = await stores.Clients.Get(pool.Id, "c1", Stores.Cancellation);
        Assert.Equal(stale.Version + 1, fresh.Version);
    }

    [Theory, EachDatabase]
    public async Task Clients_are_changed_deleted_listed_and_counted(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        foreach (var id in (string[])["c", "a", "b"]) await Add(stores, Client(pool, id));
        var stale = (await stores.Clients.Find("a", Stores.Cancellation))!;
        var changed = stale with { Settings = stale.Settings with { ClientName = "renamed" } };
        await stores.Write(
            transaction => stores.Clients.Update(transaction, changed, Stores.Cancellation));
        await stores.Write(
            transaction => stores.Clients.Delete(transaction, Client(pool, "b"), Stores.Cancellation));

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Clients.Update(transaction, stale, Stores.Cancellation)));
        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Clients.Delete(transaction, Client(pool, "b"), Stores.Cancellation)));

        var first = await stores.Clients.List(pool.Id, null, 1, Stores.Cancellation);
        var second = await stores.Clients.List(pool.Id, "a", 5, Stores.Cancellation);
        Assert.Equal(["renamed"], first.Select(client => client.Settings.ClientName));
        Assert.Equal(["c"], second.Select(client => client.Id));
        Assert.Equal(2, await stores.Database.Write(
            transaction => stores.Clients.Count(transaction, pool.Id, Stores.Cancellation),
            Stores.Cancellation));
        Assert.Equal("renamed", (await stores.Clients.Find("a", Stores.Cancellation))!.Settings.ClientName);
    }

    private static Task Add(Stores stores, AppClient client) =>
        stores.Write(transaction => stores.Clients.Insert(transaction, client, Stores.Cancellation));

    private static async Task<AppClient> Added(Stores stores, AppClient client)
    {
        await Add(stores, client);
        return (await stores.Clients.Find(client.Id, Stores.Cancellation))!;
    }

    private static AppClient Client(UserPool pool, string id) => new()
    {
        PoolId = pool.Id,
        Id = id,
        Settings = new UserPoolClientType { ClientName = $"app {id}" },
        CreatedAt = Sample.Then,
        ModifiedAt = Sample.Then,
    };
}
