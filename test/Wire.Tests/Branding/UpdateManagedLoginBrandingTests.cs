using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class UpdateManagedLoginBrandingTests
{
    [Theory, EachDatabase]
    public async Task Changes_what_is_given_and_keeps_the_rest(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool, new
        {
            Settings = new { componentClasses = new { buttons = new { borderRadius = 4 } } },
            Assets = new[] { Asset(), Asset(mode: "DARK") },
        });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await Update(world, pool, id, new { Settings = Frame("ff0000ff") });
        await Update(world, pool, id, new
        {
            Settings = Frame("00ff00ff"),
            Assets = new[] { Asset(mode: "DARK", extension: "SVG", bytes: Svg), Asset("PAGE_BACKGROUND") },
        });
        await Update(world, pool, id, Provided);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task An_image_without_bytes_leaves_its_place_empty()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool, new
        {
            UseCognitoProvidedValues = true,
            Assets = new[] { Asset(), Asset("PAGE_BACKGROUND") },
        });

        var changed = await Update(world, pool, id, new
        {
            UseCognitoProvidedValues = true,
            Assets = new[] { Asset(bytes: ""), Asset("PASSKEY_GRAPHIC") },
        });

        Assert.Equal(["PAGE_BACKGROUND LIGHT PNG", "PASSKEY_GRAPHIC LIGHT PNG"], ImagesOf(changed));
    }

    [Fact]
    public async Task The_services_values_take_the_place_of_settings_and_images()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(
            world, pool, new { Settings = Frame("ff0000ff"), Assets = new[] { Asset() } });

        var reverted = await Update(
            world,
            pool,
            id,
            new { UseCognitoProvidedValues = true, Assets = new[] { Asset("PAGE_BACKGROUND") } });
        var again = await Update(world, pool, id, new { Settings = new { } });

        Assert.Null(SettingsOf(reverted));
        Assert.Equal(["PAGE_BACKGROUND LIGHT PNG"], ImagesOf(reverted));
        Assert.Equal("{}", SettingsOf(again)!.ToJsonString());
        Assert.Equal(["PAGE_BACKGROUND LIGHT PNG"], ImagesOf(again));
    }

    [Fact]
    public async Task Takes_its_values_from_one_source()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool);

        foreach (var style in (object[])
            [
                new { },
                new { UseCognitoProvidedValues = false },
                new { Assets = new[] { Asset() } },
                new { UseCognitoProvidedValues = true, Settings = new { } },
            ])
        {
            Assert.Equal(OneSource, await world.LeavesNothing(() => Update(world, pool, id, style)));
        }
    }

    [Fact]
    public async Task Refuses_what_a_new_style_may_not_have_either()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool, new { Settings = new { text = new string('a', 200_000) } });

        Assert.StartsWith(
            "InvalidParameterException: Invalid settings: components.form.lightMode.borderColor",
            await world.LeavesNothing(() => Update(world, pool, id, new { Settings = Frame("red") })),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "InvalidParameterException: The asset of category FORM_LOGO",
            await world.LeavesNothing(() => Update(world, pool, id, new
            {
                UseCognitoProvidedValues = true,
                Assets = new[] { Asset(bytes: Base64("text")) },
            })),
            StringComparison.Ordinal);
        // Each part is short enough, and the whole is not.
        Assert.Equal(
            "InvalidParameterException: Invalid settings: Settings can have 262144 bytes.",
            await world.LeavesNothing(() => Update(
                world, pool, id, new { Settings = new { more = new string('a', 200_000) } })));
    }

    [Theory, EachDatabase]
    public async Task Refuses_more_than_forty_images_together(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        object Style(int from, int count) => new
        {
            UseCognitoProvidedValues = true,
            Assets = Enumerable.Range(from, count).Select(i => Asset(resource: $"asset {i}")),
        };
        var id = await Created(world, pool, Style(0, 39));

        Assert.Equal(
            "InvalidParameterException: A managed login branding style can have 40 assets.",
            await world.LeavesNothing(() => Update(world, pool, id, Style(39, 2))));
        Assert.Equal(40, ImagesOf(await Update(world, pool, id, Style(38, 2))).Length);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Loses_nothing_that_it_said_it_had_changed(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool, new { Settings = new { } });

        var answers = await world.Burst(20, "UpdateManagedLoginBranding", i => new
        {
            UserPoolId = pool.Id,
            ManagedLoginBrandingId = id,
            Settings = new Dictionary<string, int> { [$"member{i}"] = i },
        });

        var stored = SettingsOf(await Describe(world, pool, id))!.AsObject();
        Assert.Equal(answers["200"], stored.Count);
        Assert.Equal(20 - stored.Count, answers.GetValueOrDefault("ConcurrentModificationException"));
    }

    [Fact]
    public async Task Refuses_a_pool_or_style_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var id = await Created(world, pool);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Update(world, new(world, Nowhere, "c"), id, Provided)).ToString());
        foreach (var (there, style) in new[] { (pool, NoStyle), (other, id) })
        {
            Assert.Equal(
                "ResourceNotFoundException: ManagedLoginBranding does not exist.",
                await world.LeavesNothing(() => Update(world, there, style, Provided)));
        }

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await Update(world, pool, "no id", Provided)).ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            "InvalidParameterException: 2 validation errors detected: Value null at 'userPoolId' failed to "
            + "satisfy constraint: Member must not be null; Value null at 'managedLoginBrandingId' failed to "
            + "satisfy constraint: Member must not be null",
            (await world.Call("UpdateManagedLoginBranding", Provided)).ToString());
    }
}
