using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class DeleteManagedLoginBrandingTests
{
    [Theory, EachDatabase]
    public async Task Deletes_a_style_with_its_images(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var (other, _) = await world.AnotherClient(pool, new { });
        var style = new { UseCognitoProvidedValues = true, Assets = new[] { Asset() } };
        var id = await Created(world, pool, style);
        await Created(world, other, style);
        world.Transcript.Clear();

        await Delete(world, pool, id);
        await Delete(world, pool, id);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_client_can_have_another_which_has_nothing_of_the_first()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(
            world, pool, new { Settings = Frame("ff0000ff"), Assets = new[] { Asset() } });
        await Must(Delete(world, pool, id));

        var next = await Create(world, pool, new { Settings = new { } });

        Assert.Equal("{}", SettingsOf(next)!.ToJsonString());
        Assert.Empty(ImagesOf(next));
        Assert.NotEqual(id, IdOf(next));
    }

    [Fact]
    public async Task Refuses_a_pool_or_style_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var id = await Created(world, pool);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Delete(world, new(world, Nowhere, "c"), id)).ToString());
        Assert.Equal(
            "ResourceNotFoundException: ManagedLoginBranding does not exist.",
            await world.LeavesNothing(() => Delete(world, other, id)));
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await Delete(world, pool, "no id")).ToString(),
            StringComparison.Ordinal);
    }
}
