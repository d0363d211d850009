using Lifeguard.Domain.Branding;
using Lifeguard.Domain.Domains;
using Lifeguard.Operations.Branding;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Branding.BrandingCalls;

namespace Lifeguard.Wire.Tests.Branding;

public sealed class FindPageThemeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Managed_login_has_the_theme_of_the_clients_style_and_none_without(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        Assert.Null(await ThemeOf(world, pool, DomainRules.ManagedLogin));
        await Created(world, pool, new
        {
            Settings = Frame("12345678"),
            Assets = new[] { Asset(mode: "DARK"), Asset("IDP_BUTTON_ICON", resource: "Partner") },
        });

        var theme = (await ThemeOf(world, pool, DomainRules.ManagedLogin))!;

        Assert.Contains("--lg-form-border:#12345678;", theme.LightCss, StringComparison.Ordinal);
        Assert.Null(theme.Classic);
        Assert.Null(theme.Asset("FORM_LOGO", isDark: false));
        var logo = theme.Asset("FORM_LOGO", isDark: true)!;
        Assert.Equal(("image/png", $"assets/{logo.Tag}"), (logo.ContentType, logo.Path));
        Assert.NotNull(theme.IconOf("Partner", isDark: false));
        Assert.Null(theme.IconOf("Google", isDark: false));
    }

    [Theory, EachDatabase]
    public async Task Classic_pages_always_have_one_with_what_is_in_force_for_the_client(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithDomain(world);
        var plain = (await ThemeOf(world, pool, DomainRules.Classic))!.Classic!;
        await Must(Set(world, pool, new { CSS = ".label-customizable { color : #123 }", ImageFile = Png }));

        var classic = (await ThemeOf(world, pool, DomainRules.Classic))!.Classic!;

        Assert.Equal(plain.Css + ".label-customizable{color:#123}\n", classic.Css);
        Assert.Null(plain.LogoTag);
        Assert.Equal("image/png", (await ImageOf(world, pool, classic.LogoTag!))!.ContentType);
    }

    [Theory, EachDatabase]
    public async Task Images_are_found_by_their_tags_in_their_own_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var id = await Created(world, pool, new
        {
            UseCognitoProvidedValues = true,
            Assets = new[] { Asset("PAGE_BACKGROUND", extension: "SVG", bytes: Svg) },
        });
        var theme = await ThemeOf(world, pool, DomainRules.ManagedLogin);
        var tag = Assert.Single(theme!.Assets).Tag;

        var image = (await ImageOf(world, pool, tag))!;

        Assert.Equal(("image/svg+xml", Svg), (image.ContentType, Convert.ToBase64String(image.Bytes)));
        Assert.Null(await ImageOf(world, other, tag));
        foreach (var wrong in (string[])["", "..", tag.ToUpperInvariant(), tag[1..], $"{tag}0", "' OR 1=1"])
            Assert.Null(await ImageOf(world, pool, wrong));
        await Must(Delete(world, pool, id));
        Assert.Null(await ImageOf(world, pool, tag));
    }

    private static async Task<PageTheme?> ThemeOf(World world, TestPool pool, int version)
    {
        var client = await world.Get<ClientStore>().Get(pool.Id, pool.ClientId, Cancellation);
        return await world.Get<FindPageTheme>().Of(client, version, Cancellation);
    }

    private static Task<PageImage?> ImageOf(World world, TestPool pool, string tag) =>
        world.Get<FindPageImage>().Of(pool.Id, tag, Cancellation);
}
