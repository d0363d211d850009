using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class DescribeManagedLoginBrandingByClientTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_style_of_the_client(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var (other, _) = await world.AnotherClient(pool, new { });
        await Created(world, pool, new { Settings = Frame("ff0000ff"), Assets = new[] { Asset() } });
        await Created(world, other, new { Settings = Frame("00ff00ff") });
        world.Transcript.Clear();

        await ByClient(world, pool);
        await ByClient(world, other);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_all_that_is_in_force_on_request()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await Created(world, pool, new { Settings = Frame("ff0000ff") });

        var merged = SettingsOf(await ByClient(world, pool, new { ReturnMergedResources = true }))!;

        var form = merged["components"]!["form"]!;
        Assert.Equal(
            ("ff0000ff", "ffffffff"),
            ((string?)form["lightMode"]!["borderColor"], (string?)form["lightMode"]!["backgroundColor"]));
    }

    [Fact]
    public async Task Refuses_a_client_without_a_style_and_one_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await Created(world, other);

        Assert.Equal(
            $"ResourceNotFoundException: ManagedLoginBranding for client {pool.ClientId} does not exist.",
            (await ByClient(world, pool)).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {other.ClientId} does not exist.",
            (await ByClient(world, new(world, pool.Id, other.ClientId))).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await ByClient(world, new(world, Nowhere, "c"))).ToString());
    }
}
