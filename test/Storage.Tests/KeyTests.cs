using System.Security.Cryptography;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

public sealed class KeyTests
{
    private static readonly byte[] Master = [.. Enumerable.Range(0, 32).Select(each => (byte)each)];
    private static readonly byte[] OtherMaster = [.. Enumerable.Range(100, 32).Select(each => (byte)each)];

    [Theory, EachDatabase]
    public async Task Nodes_that_start_at_once_share_one_data_key(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var rings = Enumerable.Range(0, 8).Select(_ => new KeyRing()).ToList();

        await Task.WhenAll(rings.Select(ring => Task.Run(
            () => Loader(stores, ring, Master).Load(stores.Now, Stores.Cancellation))));

        Assert.Single(rings.Select(ring => Convert.ToHexString(ring.Active.Key)).Distinct());
        Assert.Single(await stores.DataKeys.List(Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task A_new_key_seals_once_all_nodes_can_open_it_and_the_old_one_goes_on_opening(
        DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var ring = new KeyRing();
        var loader = Loader(stores, ring, Master);
        await loader.Load(stores.Now, Stores.Cancellation);
        var sealer = new Sealer(ring, stores.Random);
        var box = sealer.Seal("test", "me", [1, 2, 3]);
        stores.Clock.Advance(TimeSpan.FromDays(1));

        await loader.Rotate(stores.Now, Stores.Cancellation);
        Assert.Equal("1", ring.Active.Id);

        stores.Clock.Advance(KeyRing.Settling);
        await loader.Load(stores.Now, Stores.Cancellation);
        Assert.Equal(("2", "1"), (ring.Active.Id, ring.Oldest.Id));
        Assert.Equal([1, 2, 3], sealer.Open("test", "me", box));
    }

    [Theory, EachDatabase]
    public async Task A_new_master_key_opens_what_the_old_one_wrapped(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var ring = new KeyRing();
        await Loader(stores, ring, Master).Load(stores.Now, Stores.Cancellation);

        await Loader(stores, ring, Master).Rewrap(OtherMaster, Stores.Cancellation);

        var second = new KeyRing();
        await Loader(stores, second, OtherMaster).Load(stores.Now, Stores.Cancellation);
        Assert.Equal(ring.Active.Key, second.Active.Key);
        await Assert.ThrowsAsync<CryptographicException>(
            () => Loader(stores, ring, Master).Load(stores.Now, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Of_nodes_that_start_at_once_one_makes_the_first_access_key(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        // In memory there is no second node.
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Node(
            kind is DatabaseKind.Memory
                ? stores.Database
                : Database.Open(stores.Setting, TimeProvider.System),
            stores)));
        using var start = new Barrier(nodes.Length);

        var attempts = await Task.WhenAll(nodes.Select((node, number) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Stores.Cancellation);
                return InsertFirst(node, Administrator($"AKIA{number}"));
            },
            Stores.Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        var winner = Assert.Single(attempts.Index(), attempt => attempt.Item).Index;
        Assert.Equal(
            [$"AKIA{winner}"],
            (await nodes[0].Keys.List(Stores.Cancellation)).Select(key => key.Id));
        foreach (var node in nodes.Where(node => node.Database != stores.Database))
            await node.Database.DisposeAsync();
    }

    [Theory, EachDatabase]
    public async Task The_first_access_key_is_still_its_own_when_the_attempt_is_repeated(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var node = await Node(stores.Database, stores);
        var key = Administrator("AKIA1");

        Assert.True(await InsertFirst(node, key));
        Assert.True(await InsertFirst(node, key));
        Assert.False(await InsertFirst(node, Administrator("AKIA2")));
    }

    [Theory, EachDatabase]
    public async Task Access_keys_are_found_listed_deleted_and_swept(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var lasting = new AccessKey("AKIA1", "secret1", null, "admin", "{}", Sample.Then, null);
        var passing = new AccessKey("ASIA2", "secret2", "token", "ci", "{}", Sample.Then, stores.Now);
        foreach (var key in (AccessKey[])[lasting, passing])
        {
            await stores.Write(
                transaction => stores.AccessKeys.Insert(transaction, key, Stores.Cancellation));
        }

        Assert.Equal(lasting, await stores.AccessKeys.Find("AKIA1", Stores.Cancellation));
        Assert.Equal([lasting, passing], await stores.AccessKeys.List(Stores.Cancellation));
        Assert.Null(await stores.AccessKeys.Find("AKIA9", Stores.Cancellation));

        Assert.Equal(1, await stores.AccessKeys.Sweep(stores.Now, 9, Stores.Cancellation));
        await stores.Write(
            transaction => stores.AccessKeys.Delete(transaction, "AKIA1", Stores.Cancellation));
        Assert.Null(await stores.AccessKeys.Find("AKIA1", Stores.Cancellation));
        Assert.Empty(await stores.AccessKeys.List(Stores.Cancellation));
    }

    private static async Task<(Database Database, AccessKeyStore Keys)> Node(Database database, Stores stores)
    {
        var ring = new KeyRing();
        await new KeyRingLoader(new(database), ring, stores.Random, Master)
            .Load(stores.Now, Stores.Cancellation);
        return (database, new(database, new Sealer(ring, stores.Random)));
    }

    private static Task<bool> InsertFirst((Database Database, AccessKeyStore Keys) node, AccessKey key) =>
        node.Database.Write(
            transaction => node.Keys.InsertFirst(transaction, key, Stores.Cancellation), Stores.Cancellation);

    private static AccessKey Administrator(string id) =>
        new(id, "secret", null, "admin", "{}", Sample.Then, null);

    private static KeyRingLoader Loader(Stores stores, KeyRing ring, byte[] master) =>
        new(stores.DataKeys, ring, stores.Random, master);
}
