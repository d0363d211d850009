using Lifeguard.Domain.Devices;

namespace Lifeguard.Storage.Tests;

public sealed class DeviceStoreTests
{
    private const string Pool = "eu-west-1_Plain0001";

    [Theory, EachDatabase]
    public async Task A_device_comes_back_as_it_was_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var issued = Fresh("a");
        await Insert(stores, issued);
        Assert.Equal(issued, await Find(stores, "a"));

        var confirmed = issued with
        {
            Name = "Ana's \0 laptop \u2603",
            Secret = new([1, 2], [0, 3]),
            IsRemembered = true,
            ModifiedAt = Sample.Then.AddHours(1),
        };
        await Update(stores, confirmed);

        var found = (await Find(stores, "a"))!;
        Assert.Equal([1, 2], found.Secret!.Salt);
        Assert.Equal([0, 3], found.Secret.Verifier);
        Assert.Equal(confirmed with { Version = 2, Secret = found.Secret }, found);
        Assert.Null(await Find(stores, "b"));
        Assert.Null(await stores.Devices.Find(Pool, "other", "a", Stores.Cancellation));
        Assert.Null(await stores.Devices.Find("other", "s", "a", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Of_two_changes_of_one_version_one_wins(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var device = Fresh("a");
        await Insert(stores, device);

        await Update(stores, device with { IsRemembered = true });

        await Assert.ThrowsAsync<ConflictException>(() => Update(stores, device));
        await Assert.ThrowsAsync<ConflictException>(() => Update(stores, Fresh("b")));
        Assert.True((await Find(stores, "a"))!.IsRemembered);
    }

    [Theory, EachDatabase]
    public async Task A_sign_in_is_noted_beside_other_changes(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var device = Fresh("a");
        await Insert(stores, device);

        Assert.True(await Use(stores, device, "198.51.100.7"));
        await Update(stores, device with { Name = "phone" });

        var found = (await Find(stores, "a"))!;
        Assert.Equal(
            ("198.51.100.7", stores.Now, "phone"), (found.LastIpAddress, found.AuthenticatedAt, found.Name));
        Assert.True(await Delete(stores, device));
        Assert.False(await Delete(stores, device));
        Assert.False(await Use(stores, device, "198.51.100.8"));
    }

    [Theory, EachDatabase]
    public async Task The_session_that_waits_for_a_device_comes_back_until_another_does(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var device = Fresh("a");
        await Insert(stores, device);
        Assert.Null(await stores.Devices.FindAwaited(device, Stores.Cancellation));

        foreach (var awaited in (AwaitedSession[])[new("one", "192.0.2.1"), new("two", "192.0.2.2")])
        {
            await stores.Write(
                transaction => stores.Devices.Await(transaction, device, awaited, Stores.Cancellation));
            Assert.Equal(awaited, await stores.Devices.FindAwaited(device, Stores.Cancellation));
        }

        Assert.Null(await stores.Devices.FindAwaited(Fresh("b"), Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Devices_are_listed_in_the_order_of_their_keys(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        foreach (var key in (string[])["c", "a", "b"]) await Insert(stores, Fresh(key));
        await Insert(stores, Fresh("d") with { Sub = "other" });
        await Insert(stores, Fresh("e") with { PoolId = "eu-west-1_Other0001" });

        Assert.Equal(["a", "b"], await Keys(null, 2));
        Assert.Equal(["c"], await Keys("b", 2));
        Assert.Empty(await Keys("c", 2));

        async Task<IEnumerable<string>> Keys(string? after, int limit) =>
            (await stores.Devices.List(Pool, "s", after, limit, Stores.Cancellation))
                .Select(each => each.Key);
    }

    [Theory, EachDatabase]
    public async Task Those_unused_for_longest_make_room_for_new_ones_of_their_kind(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await stores.Write(async transaction =>
        {
            for (var i = 0; i < 100; i++)
            {
                var device = Fresh($"c{i:D3}");
                await stores.Devices.Insert(transaction, device, Stores.Cancellation);
                await stores.Devices.Update(
                    transaction, device with { Secret = new([1], [2]) }, Stores.Cancellation);
            }

            for (var i = 0; i < 100; i++)
            {
                var at = Sample.Then.AddMinutes(i == 7 ? -1 : i);
                await stores.Devices.Insert(
                    transaction, Fresh($"u{i:D3}") with { AuthenticatedAt = at }, Stores.Cancellation);
            }

            await stores.Devices.Insert(
                transaction, Fresh("other") with { Sub = "other" }, Stores.Cancellation);
        });

        var last = Fresh("v") with { AuthenticatedAt = Sample.Then.AddDays(1) };
        await Insert(stores, last);

        var kept = await stores.Devices.List(Pool, "s", null, 1000, Stores.Cancellation);
        Assert.Equal((100, 100), Kinds(kept));
        Assert.Null(await Find(stores, "u007"));
        Assert.NotNull(await Find(stores, "v"));

        await Update(stores, last with { Secret = new([1], [2]) });

        kept = await stores.Devices.List(Pool, "s", null, 1000, Stores.Cancellation);
        Assert.Equal((100, 99), Kinds(kept));
        Assert.NotNull(await Find(stores, "v"));
    }

    private static (int Confirmed, int Others) Kinds(IReadOnlyList<Device> devices) =>
        (devices.Count(one => one.Secret is not null), devices.Count(one => one.Secret is null));

    private static Device Fresh(string key) => new()
    {
        PoolId = Pool,
        Sub = "s",
        Key = key,
        GroupKey = "-abcdefgh",
        LastIpAddress = "192.0.2.1",
        CreatedAt = Sample.Then,
        ModifiedAt = Sample.Then,
        AuthenticatedAt = Sample.Then,
        Version = 1,
    };

    private static Task<Device?> Find(Stores stores, string key) =>
        stores.Devices.Find(Pool, "s", key, Stores.Cancellation);

    private static Task Insert(Stores stores, Device device) => stores.Write(
        transaction => stores.Devices.Insert(transaction, device, Stores.Cancellation));

    private static Task Update(Stores stores, Device device) => stores.Write(
        transaction => stores.Devices.Update(transaction, device, Stores.Cancellation));

    private static Task<bool> Use(Stores stores, Device device, string ipAddress) => stores.Database.Write(
        transaction => stores.Devices.TryUse(
            transaction, device, ipAddress, stores.Now, Stores.Cancellation),
        Stores.Cancellation);

    private static Task<bool> Delete(Stores stores, Device device) => stores.Database.Write(
        transaction => stores.Devices.Delete(transaction, device, Stores.Cancellation), Stores.Cancellation);
}
