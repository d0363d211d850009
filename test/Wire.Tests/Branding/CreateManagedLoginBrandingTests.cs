using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class CreateManagedLoginBrandingTests
{
    [Theory, EachDatabase]
    public async Task Gives_a_client_a_style_with_the_services_values_or_its_own(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var (other, _) = await world.AnotherClient(pool, new { });
        world.Transcript.Clear();

        await Create(world, pool, Provided);
        await Create(world, other, new
        {
            Settings = Frame("ff0000ff"),
            Assets = new[]
            {
                Asset("PAGE_HEADER_LOGO", "DARK"),
                Asset("FAVICON_SVG", "DYNAMIC", "SVG", Svg),
                Asset("IDP_BUTTON_ICON", resource: "Partner"),
            },
        });

        world.Transcript.ShouldMatchApproved();
    }

    /// <summary>All six combinations were observed.</summary>
    [Theory]
    [InlineData(null, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(null, true, true)]
    [InlineData(true, true, false)]
    [InlineData(false, true, true)]
    public async Task Takes_its_values_from_one_source(bool? provided, bool hasSettings, bool isTaken)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var style = new
        {
            UseCognitoProvidedValues = provided,
            Settings = hasSettings ? new { } : null,
            Assets = new[] { Asset() },
        };

        if (isTaken) Assert.Equal("200", (await Create(world, pool, style)).ToString());
        else Assert.Equal(OneSource, await world.LeavesNothing(() => Create(world, pool, style)));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task A_client_has_one_style(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            20,
            "CreateManagedLoginBranding",
            _ => new { UserPoolId = pool.Id, pool.ClientId, UseCognitoProvidedValues = true });

        Assert.Equal((1, 19), (answers["200"], answers["ManagedLoginBrandingExistsException"]));
        Assert.Equal(
            "ManagedLoginBrandingExistsException: "
            + $"A ManagedLoginBranding already exists for client {pool.ClientId}",
            await world.LeavesNothing(() => Create(world, pool, Provided)));
    }

    [Fact]
    public async Task A_pool_has_twenty()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        for (var i = 0; i < 20; i++)
            await Must(Create(world, (await world.AnotherClient(pool, new { })).Pool, Provided));

        Assert.Equal(
            "LimitExceededException: The limit of 20 managed login branding styles has been reached.",
            await world.LeavesNothing(() => Create(world, pool, Provided)));
    }

    [Theory]
    [InlineData("""{"components":{"form":{"lightMode":{"borderColor":"#ff0000"}}}}""",
        "components.form.lightMode.borderColor must be a color of eight hexadecimal digits, "
        + "such as 0972d3ff.")]
    [InlineData("""{"components":{"pageBackground":{"darkMode":{"color":"red;}*{color:red"}}}}""",
        "components.pageBackground.darkMode.color must be a color of eight hexadecimal digits, "
        + "such as 0972d3ff.")]
    [InlineData("""{"components":{"form":{"lightMode":{"borderColor":null}}}}""",
        "components.form.lightMode.borderColor must be a color of eight hexadecimal digits, "
        + "such as 0972d3ff.")]
    [InlineData("""{"componentClasses":{"buttons":{"borderRadius":"8px"}}}""",
        "componentClasses.buttons.borderRadius must be a number of pixels.")]
    [InlineData("""{"componentClasses":{"buttons":{"borderRadius":-1}}}""",
        "componentClasses.buttons.borderRadius must be a number of pixels.")]
    [InlineData("""{"components":{"form":{"logo":{"enabled":"yes"}}}}""",
        "components.form.logo.enabled must be true or false.")]
    [InlineData("""{"categories":{"global":{"colorSchemeMode":"GREY"}}}""",
        "categories.global.colorSchemeMode must be one of LIGHT, DARK, DYNAMIC.")]
    [InlineData("[]", "Settings must be an object.")]
    [InlineData("7", "Settings must be an object.")]
    public async Task Refuses_settings_that_are_not_what_their_names_say(string settings, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await world.LeavesNothing(
            () => Create(world, pool, new { Settings = JsonNode.Parse(settings) }));

        Assert.Equal($"InvalidParameterException: Invalid settings: {reason}", answer);
    }

    [Fact]
    public async Task Keeps_what_it_does_not_know_and_the_form_of_numbers()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        const string settings = """{"future":{"radius":8.0,"list":[1,"a"]},"componentClasses":{}}""";

        var made = await world.Send(
            "CreateManagedLoginBranding",
            $$"""{"UserPoolId":"{{pool.Id}}","ClientId":"{{pool.ClientId}}","Settings":{{settings}}}""");

        Assert.Equal(settings, SettingsOf(await Describe(world, pool, IdOf(made)))!.ToJsonString());
    }

    [Fact]
    public async Task Refuses_settings_that_are_too_long()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: Invalid settings: Settings can have 262144 bytes.",
            await world.LeavesNothing(() => Create(
                world, pool, new { Settings = new { text = new string('a', 256 * 1024) } })));
    }

    [Theory]
    [InlineData("FORM_LOGO", "ICO")]
    [InlineData("FAVICON_SVG", "ICO")]
    [InlineData("FAVICON_ICO", "SVG")]
    [InlineData("FAVICON_SVG", "PNG")]
    public async Task Refuses_a_type_of_image_in_the_wrong_place(string category, string extension)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            $"InvalidParameterException: Assets of category {category} cannot have the extension "
            + $"{extension}.",
            await world.LeavesNothing(() => Create(world, pool, new
            {
                UseCognitoProvidedValues = true,
                Assets = new[] { Asset(category, extension: extension) },
            })));
    }

    [Theory]
    [InlineData("PNG", "not an image")]
    [InlineData("JPEG", "\u0089PNG")]
    [InlineData("WEBP", "RIFF----WAVE")]
    [InlineData("SVG", "<html><body/></html>")]
    [InlineData("SVG", "svg")]
    public async Task Refuses_bytes_that_are_no_image_of_their_type(string extension, string content)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: The asset of category FORM_LOGO is not an image of type "
            + $"{extension}.",
            await world.LeavesNothing(() => Create(world, pool, new
            {
                UseCognitoProvidedValues = true,
                Assets = new[] { Asset(extension: extension, bytes: Base64(content)) },
            })));
    }

    [Fact]
    public async Task Takes_images_of_every_type()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var icon = Convert.ToBase64String([0, 0, 1, 0, 1, 0]);
        var vector = Base64("\ufeff <?xml version=\"1.0\"?>\n<svg/>");

        var made = await Create(world, pool, new
        {
            UseCognitoProvidedValues = true,
            Assets = new[]
            {
                Asset("FAVICON_ICO", extension: "ICO", bytes: icon),
                Asset("FORM_BACKGROUND", extension: "JPEG", bytes: Jpeg),
                Asset("FORM_LOGO"),
                Asset("PAGE_BACKGROUND", extension: "WEBP", bytes: Base64("RIFF----WEBPVP8 ")),
                Asset("PAGE_HEADER_LOGO", extension: "SVG", bytes: vector),
            },
        });

        Assert.Equal("200", made.ToString());
        Assert.Equal(
            [
                "FAVICON_ICO LIGHT ICO", "FORM_BACKGROUND LIGHT JPEG", "FORM_LOGO LIGHT PNG",
                "PAGE_BACKGROUND LIGHT WEBP", "PAGE_HEADER_LOGO LIGHT SVG",
            ],
            ImagesOf(made));
    }

    [Fact]
    public async Task Refuses_two_images_for_one_place_and_more_than_forty()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        object Style(int count) => new
        {
            UseCognitoProvidedValues = true,
            Assets = Enumerable.Range(0, count).Select(i => Asset(resource: $"asset {i}")),
        };

        Assert.Equal(
            "InvalidParameterException: There is more than one asset of category FORM_LOGO and color mode "
            + "LIGHT.",
            await world.LeavesNothing(() => Create(
                world, pool, new { UseCognitoProvidedValues = true, Assets = new[] { Asset(), Asset() } })));
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            await world.LeavesNothing(() => Create(world, pool, Style(41))),
            StringComparison.Ordinal);
        Assert.Equal(40, ImagesOf(await Create(world, pool, Style(40))).Length);
    }

    [Fact]
    public async Task Goes_with_its_client_and_its_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var (other, _) = await world.AnotherClient(pool, new { });
        var style = new { UseCognitoProvidedValues = true, Assets = new[] { Asset() } };
        await Created(world, pool, style);
        await Created(world, other, style);

        await world.Must("DeleteUserPoolClient", new { UserPoolId = pool.Id, other.ClientId });

        Assert.Contains(pool.ClientId, Assert.Single(await world.RowsOf("managed_login_branding")));
        Assert.Contains(pool.ClientId, Assert.Single(await world.RowsOf("managed_login_asset")));
        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });
        Assert.Equal(
            $"ResourceNotFoundException: User pool {pool.Id} does not exist.",
            (await ByClient(world, pool)).ToString());
    }

    [Fact]
    public async Task Refuses_a_pool_or_client_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Create(world, new(world, Nowhere, "c"), Provided)).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {other.ClientId} does not exist.",
            await world.LeavesNothing(
                () => Create(world, new(world, pool.Id, other.ClientId), Provided)));
    }
}
