using Lifeguard.Domain.Branding;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class SetUICustomizationTests
{
    private const string Css = ".banner-customizable { background-color: navy; }";

    [Theory, EachDatabase]
    public async Task Sets_css_and_logo_together_for_all_clients_or_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithDomain(world);
        world.Transcript.Clear();

        await Set(world, pool, new { CSS = Css, ImageFile = Png });
        await Set(world, pool, new { pool.ClientId, ImageFile = Jpeg });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await Set(world, pool, new { ClientId = "ALL", CSS = Css });
        await Set(world, pool, new { pool.ClientId });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_its_logo_at_the_domain()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithDomain(world);

        var set = await Set(world, pool, new { ImageFile = Png });
        var again = await Set(world, pool, new { ImageFile = Png });
        var other = await Set(world, pool, new { ImageFile = Jpeg });

        var address = AddressIn(set);
        Assert.Matches("^http://127.0.0.1:9229/_domain/planets/assets/[0-9a-f]{32}$", address);
        Assert.Equal(address, AddressIn(again));
        Assert.NotEqual(address, AddressIn(other));

        static string AddressIn(Answer answer) => (string)answer["UICustomization"]!["ImageUrl"]!;
    }

    [Theory]
    [InlineData(".planet-customizable { color: red }",
        "The CSS class .planet-customizable is not in the list of allowed classes.")]
    [InlineData("body { color: red }", "The CSS class body is not in the list of allowed classes.")]
    [InlineData(".label-customizable a { color: red }",
        "The CSS class .label-customizable a is not in the list of allowed classes.")]
    [InlineData(".label-customizable, * { color: red }",
        "The CSS class * is not in the list of allowed classes.")]
    [InlineData(".label-customizable:has(a) { color: red }",
        "The CSS class .label-customizable:has(a) is not in the list of allowed classes.")]
    [InlineData("@import 'https://planets.example/a.css';", "The CSS rule @import is not allowed.")]
    [InlineData("@media screen { .label-customizable { color: red } }",
        "The CSS rule @media is not allowed.")]
    [InlineData("@supports (color: red) { .label-customizable { color: red } }",
        "The CSS rule @supports is not allowed.")]
    [InlineData("@page { margin: 0 }", "The CSS rule @page is not allowed.")]
    [InlineData(".label-customizable { position: fixed }", "The CSS property position is not allowed.")]
    [InlineData(".label-customizable { behavior: none }", "The CSS property behavior is not allowed.")]
    [InlineData(".label-customizable { --lg-text: red }", "The CSS property --lg-text is not allowed.")]
    [InlineData(".banner-customizable { background: url(https://planets.example/a.png) }",
        "The value of the CSS property background is not allowed.")]
    [InlineData(".banner-customizable { background: URL('a.png') }",
        "The value of the CSS property background is not allowed.")]
    [InlineData(".banner-customizable { background: u\\72l(a.png) }",
        "The value of the CSS property background is not allowed.")]
    [InlineData(".banner-customizable { width: expression(alert(1)) }",
        "The value of the CSS property width is not allowed.")]
    [InlineData(".banner-customizable { background: javascript:alert(1) }",
        "The value of the CSS property background is not allowed.")]
    [InlineData(".banner-customizable { width: </style><script>alert(1)</script> }",
        "The value of the CSS property width is not allowed.")]
    [InlineData(".banner-customizable { width: 1/**/px; color: }",
        "The value of the CSS property color is not allowed.")]
    [InlineData(".banner-customizable { color: red", "The CSS cannot be read.")]
    [InlineData(".banner-customizable color: red }", "The CSS cannot be read.")]
    [InlineData("/* .banner-customizable { color: red }", "The CSS cannot be read.")]
    [InlineData("/* \u0000 */", "The CSS cannot be read.")]
    public async Task Refuses_css_that_pages_must_not_show(string css, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithDomain(world);

        Assert.Equal(
            $"InvalidParameterException: {reason}",
            await world.LeavesNothing(() => Set(world, pool, new { CSS = css })));
    }

    [Fact]
    public async Task Refuses_a_logo_that_is_too_large_or_of_another_type()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithDomain(world);
        string Large(int bytes) =>
            Convert.ToBase64String([.. Convert.FromBase64String(Png), .. new byte[bytes - 8]]);

        foreach (var file in (string[])[Svg, Base64("GIF89a"), Base64("\u0089PN")])
        {
            Assert.Equal(
                "InvalidParameterException: ImageFile must be a PNG or JPEG image.",
                await world.LeavesNothing(() => Set(world, pool, new { ImageFile = file })));
        }

        Assert.Equal(
            "InvalidParameterException: ImageFile can have 102400 bytes.",
            await world.LeavesNothing(() => Set(
                world, pool, new { ImageFile = Large(ClassicRules.MaxLogoBytes + 1) })));
        Assert.Equal(
            "200", (await Set(world, pool, new { ImageFile = Large(ClassicRules.MaxLogoBytes) })).ToString());
        Assert.StartsWith(
            "InvalidParameterException: request parameters too large",
            await world.LeavesNothing(() => Set(world, pool, new
            {
                CSS = Css + new string(' ', 40_000),
                ImageFile = Large(ClassicRules.MaxLogoBytes),
            })),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            await world.LeavesNothing(() => Set(world, pool, new { CSS = new string(' ', 131_073) })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_a_domain()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: A domain must be associated with this user pool.",
            await world.LeavesNothing(() => Set(world, pool, new { CSS = Css })));
    }

    [Fact]
    public async Task Goes_with_its_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithDomain(world);
        await Must(Set(world, pool, new { CSS = Css }));
        await Must(Set(world, pool, new { pool.ClientId, ImageFile = Png }));

        await world.Must("DeleteUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });

        Assert.Contains("client_id= css", Assert.Single(await world.RowsOf("ui_customization")));
    }

    [Fact]
    public async Task Refuses_a_pool_or_client_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await PoolWithDomain(world), await TestPool.Create(world));

        Assert.Equal(
            $"ResourceNotFoundException: User pool client {other.ClientId} does not exist.",
            await world.LeavesNothing(() => Set(world, pool, new { other.ClientId, CSS = Css })));
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Set(world, new(world, Nowhere, "c"), new { CSS = Css })).ToString());
    }
}
