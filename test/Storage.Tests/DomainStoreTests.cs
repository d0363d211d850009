using Lifeguard.Domain.Domains;

namespace Lifeguard.Storage.Tests;

public sealed class DomainStoreTests
{
    private static CancellationToken Stop => Stores.Cancellation;

    [Theory, EachDatabase]
    public async Task A_domain_comes_back_as_it_was_stored_and_its_pool_shows_it(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var prefix = Sample.Domain(pool.Id, "planets");
        var custom = Sample.Domain(pool.Id, "login.example") with
        {
            ManagedLoginVersion = 2,
            Custom = new() { CertificateArn = "arn" },
            Routing = new()
            {
                Failover = new() { SecondaryRegion = "eu-west-1", PrimaryRoute53HealthCheckId = "check" },
            },
        };
        Assert.True(await Insert(stores, prefix));
        Assert.True(await Insert(stores, custom));

        Assert.Equal(prefix, await stores.Domains.Find("planets", Stop));
        Assert.Equal(custom, await stores.Domains.Find("login.example", Stop));
        Assert.Equal(2, (await stores.Domains.Of(pool.Id, Stop)).Count);
        var shown = (await stores.Pools.Get(pool.Id, Stop)).Settings;
        Assert.Equal(("planets", "login.example"), (shown.Domain, shown.CustomDomain));
        Assert.Equal(shown.Domain, (await stores.Pools.List(null, 1, Stop)).Single().Settings.Domain);
    }

    [Theory, EachDatabase]
    public async Task A_change_of_the_pool_neither_adds_nor_removes_one(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        await Insert(stores, Sample.Domain(pool.Id, "planets"));
        var seen = await stores.Pools.Get(pool.Id, Stop);

        await stores.Write(transaction => stores.Pools.Update(
            transaction, seen with { Settings = seen.Settings with { Domain = "moons" } }, Stop));

        Assert.Equal("planets", (await stores.Pools.Get(pool.Id, Stop)).Settings.Domain);
        await stores.Write(transaction => stores.Domains.Delete(transaction, pool.Id, "planets", Stop));
        Assert.Null((await stores.Pools.Get(pool.Id, Stop)).Settings.Domain);
        Assert.Null(await stores.Domains.Find("planets", Stop));
    }

    [Theory, EachDatabase]
    public async Task Neither_a_second_of_a_kind_nor_one_of_the_same_name_is_added(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (pool, other) = (
            await stores.Add(Sample.Pool()), await stores.Add(Sample.Pool("eu-west-1_Other0001")));
        await Insert(stores, Sample.Domain(pool.Id, "planets"));

        Assert.False(await Insert(stores, Sample.Domain(pool.Id, "moons")));
        Assert.False(await Insert(stores, Sample.Domain(other.Id, "planets")));
        Assert.True(await Insert(stores, Sample.Domain(other.Id, "moons")));
    }

    [Theory, EachDatabase]
    public async Task Of_two_changes_of_one_state_the_second_is_refused(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var domain = Sample.Domain(pool.Id, "planets");
        await Insert(stores, domain);

        await stores.Write(transaction => stores.Domains.Update(
            transaction, domain with { ManagedLoginVersion = 2 }, Stop));

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Domains.Update(transaction, domain, Stop)));
        var stored = await stores.Domains.Find("planets", Stop);
        Assert.Equal((2, 1), (stored!.ManagedLoginVersion, stored.Version));
    }

    [Theory, EachDatabase]
    public async Task The_domain_of_a_deleted_pool_leads_nowhere(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        await Insert(stores, Sample.Domain(pool.Id, "planets"));
        Assert.NotNull(await stores.Domains.Find("planets", Stop));

        await stores.Write(transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stop));

        Assert.Null(await stores.Domains.Find("planets", Stop));
    }

    private static async Task<bool> Insert(Stores stores, UserPoolDomain domain)
    {
        var isNew = false;
        await stores.Write(async transaction =>
            isNew = await stores.Domains.Insert(transaction, domain, Stop));
        return isNew;
    }
}
