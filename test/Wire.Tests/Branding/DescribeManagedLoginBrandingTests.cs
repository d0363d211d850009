using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class DescribeManagedLoginBrandingTests
{
    [Theory, EachDatabase]
    public async Task Shows_what_was_customised_and_on_request_all_that_is_in_force(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var id = await Created(
            world, pool, new { Settings = Frame("ff0000ff"), Assets = new[] { Asset() } });
        world.Transcript.Clear();

        await Describe(world, pool, id);
        await Describe(world, pool, id, new { ReturnMergedResources = true });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Of_a_style_with_the_services_values_it_shows_settings_on_request_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool);

        var raw = await Describe(world, pool, id, new { ReturnMergedResources = false });
        var merged = await Describe(world, pool, id, new { ReturnMergedResources = true });

        Assert.Null(SettingsOf(raw));
        Assert.Empty(ImagesOf(raw));
        Assert.True((bool)raw["ManagedLoginBranding"]!["UseCognitoProvidedValues"]!);
        Assert.Equal(
            "c6c6cdff",
            (string?)SettingsOf(merged)!["components"]!["form"]!["lightMode"]!["borderColor"]);
        Assert.True((bool)merged["ManagedLoginBranding"]!["UseCognitoProvidedValues"]!);
    }

    [Fact]
    public async Task Refuses_a_pool_or_style_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var id = await Created(world, pool);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Describe(world, new(world, Nowhere, "c"), id)).ToString());
        foreach (var (there, style) in new[] { (pool, NoStyle), (other, id) })
        {
            Assert.Equal(
                "ResourceNotFoundException: ManagedLoginBranding does not exist.",
                (await Describe(world, there, style)).ToString());
        }

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await Describe(world, pool, "no id")).ToString(),
            StringComparison.Ordinal);
    }
}
