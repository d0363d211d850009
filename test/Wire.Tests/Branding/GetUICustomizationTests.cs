using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class GetUICustomizationTests
{
    private const string Css = ".banner-customizable { background-color: navy; }";

    [Theory, EachDatabase]
    public async Task Shows_what_is_in_force_for_a_client(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithDomain(world);
        var (other, _) = await world.AnotherClient(pool, new { });
        await Must(Set(world, pool, new { CSS = Css }));
        await Must(Set(world, pool, new { pool.ClientId, ImageFile = Png }));
        world.Transcript.Clear();

        await Get(world, pool, pool.ClientId);
        await Get(world, pool, other.ClientId);
        await Get(world, pool, "ALL");
        await Get(world, pool);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_client_without_its_own_has_that_of_all_again()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithDomain(world);
        await Must(Set(world, pool, new { CSS = Css }));
        await Must(Set(world, pool, new { pool.ClientId, CSS = ".label-customizable{font-weight:bold}" }));
        Assert.Equal(pool.ClientId, await ClientIn());

        await Must(Set(world, pool, new { pool.ClientId, CSS = " " }));

        Assert.Equal("ALL", await ClientIn());

        async Task<string?> ClientIn() =>
            (string?)(await Get(world, pool, pool.ClientId))["UICustomization"]!["ClientId"];
    }

    [Fact]
    public async Task Where_nothing_is_set_it_is_empty()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        foreach (var client in (string?[])[null, "ALL", pool.ClientId])
        {
            Assert.Equal(
                """{"UICustomization":{}}""", (await Get(world, pool, client)).Body!.ToJsonString());
        }
    }

    [Fact]
    public async Task Refuses_a_pool_or_client_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));

        Assert.Equal(
            $"ResourceNotFoundException: User pool client {other.ClientId} does not exist.",
            (await Get(world, pool, other.ClientId)).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Get(world, new(world, Nowhere, "c"))).ToString());
    }
}
