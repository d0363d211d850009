using Lifeguard.Domain.Branding;
using Xunit;

namespace Lifeguard.Domain.Tests.Branding;

public sealed class PageThemeTests
{
    private static readonly PageAsset[] Images =
    [
        Image("FORM_LOGO", "DYNAMIC"), Image("FORM_LOGO", "DARK"), Image("PAGE_BACKGROUND", "LIGHT"),
        Image("IDP_BUTTON_ICON", "DYNAMIC", "Google"), Image("FAVICON_ICO", "LIGHT"),
        Image("FAVICON_SVG", "DARK"),
    ];

    [Fact]
    public void A_style_that_customises_nothing_has_the_default_look()
    {
        var theme = PageThemes.Managed(null, []);

        Assert.Equal(PageThemes.Default.LightCss, theme.LightCss);
        Assert.Equal(
            (ColorScheme.Light, Density.Regular, Place.Center, Place.Center),
            (theme.ColorScheme, theme.Density, theme.FormHorizontal, theme.FormVertical));
        Assert.Null(theme.Header);
        Assert.Null(theme.Footer);
        Assert.Null(theme.FormLogo);
        Assert.True(theme is { HasGraphics: true, HasPageImage: true, HasProviderIcons: true });
        Assert.False(theme.HasFormImage);
        Assert.Equal([SignInWay.Federated, SignInWay.UsernamePassword], theme.Ways);
        Assert.Contains("--lg-primary:#0972d3ff;", theme.LightCss, StringComparison.Ordinal);
        Assert.Contains("--lg-primary:#539fe5ff;", theme.DarkCss, StringComparison.Ordinal);
        Assert.Contains("--lg-radius-alert:12px;", theme.DarkCss, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_property_is_declared_in_both_palettes_and_each_once()
    {
        foreach (var theme in (PageTheme[])[PageThemes.Default, PageThemes.Classic(null)])
        {
            foreach (var css in (string[])[theme.LightCss, theme.DarkCss])
                Assert.Equal(ThemeProperties.Names.Order(), PropertiesOf(css).Keys.Order());
        }

        Assert.Equal(ThemeProperties.Names.Count, ThemeProperties.Names.Distinct().Count());
    }

    [Fact]
    public void Settings_move_and_colour_what_they_name()
    {
        var theme = Managed(
            """
            {
              "categories": {
                "auth": {
                  "authMethodOrder": [
                    [{ "display": "INPUT", "type": "USERNAME_PASSWORD" }],
                    [{ "display": "BUTTON", "type": "FEDERATED" }]
                  ],
                  "federation": { "order": ["Partner", "Google", "Partner"] }
                },
                "form": {
                  "displayGraphics": false, "location": { "horizontal": "START", "vertical": "END" }
                },
                "global": {
                  "colorSchemeMode": "DYNAMIC", "spacingDensity": "COMPACT",
                  "pageHeader": { "enabled": true }, "pageFooter": { "enabled": true }
                }
              },
              "componentClasses": {
                "buttons": { "borderRadius": 3.6 },
                "idpButtons": { "icons": { "enabled": false } }
              },
              "components": {
                "form": {
                  "backgroundImage": { "enabled": true },
                  "darkMode": { "borderColor": "AbCdEf01" },
                  "logo": {
                    "enabled": true, "formInclusion": "OUT", "location": "END", "position": "BOTTOM"
                  }
                },
                "pageBackground": { "image": { "enabled": false } },
                "pageHeader": {
                  "backgroundImage": { "enabled": true }, "logo": { "enabled": true, "location": "CENTER" }
                }
              }
            }
            """);

        Assert.Equal(
            (ColorScheme.Dynamic, Density.Compact, Place.Start, Place.End),
            (theme.ColorScheme, theme.Density, theme.FormHorizontal, theme.FormVertical));
        Assert.Equal(new PageBar(true, Place.Center), theme.Header);
        Assert.Equal(new PageBar(false, null), theme.Footer);
        Assert.Equal(new FormLogo(IsInside: false, IsAbove: false, Place.End), theme.FormLogo);
        Assert.False(theme.HasGraphics || theme.HasProviderIcons || theme.HasPageImage);
        Assert.True(theme.HasFormImage);
        Assert.Equal([SignInWay.UsernamePassword, SignInWay.Federated], theme.Ways);
        Assert.Equal(["Partner", "Google", "Corp"], theme.Ordered(["Corp", "Google", "Partner"]));
        Assert.Contains("--lg-radius-button:4px;", theme.LightCss, StringComparison.Ordinal);
        Assert.Contains("--lg-form-border:#abcdef01;", theme.DarkCss, StringComparison.Ordinal);
        Assert.Contains("--lg-form-border:#c6c6cdff;", theme.LightCss, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_style_sheet_has_the_palette_of_the_colour_scheme()
    {
        string Css(string mode) => Managed(
            """{"categories":{"global":{"colorSchemeMode":"MODE"}}}""".Replace("MODE", mode)).Css;
        var (light, dark) = (PageThemes.Default.LightCss, PageThemes.Default.DarkCss);

        Assert.Equal($":root{{color-scheme:light;{light}}}", Css("LIGHT"));
        Assert.Equal($":root{{color-scheme:dark;{dark}}}", Css("DARK"));
        Assert.Equal(
            $":root{{color-scheme:light dark;{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}",
            Css("DYNAMIC"));
    }

    /// <summary>Whoever calls the API is told that they are wrong; a pool that came in as a file may have
    /// them all the same.</summary>
    [Theory]
    [InlineData("\"red;}body{display:none\"")]
    [InlineData("\"0972d3\"")]
    [InlineData("\"0972d3fg\"")]
    [InlineData("\"\\u0660\\u0660\\u0660\\u0660\\u0660\\u0660\\u0660\\u0660\"")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("[[]]")]
    public void Nothing_but_colours_numbers_and_known_words_gets_through(string value)
    {
        var theme = Managed(
            """
            {
              "categories": {
                "auth": { "authMethodOrder": VALUE, "federation": { "order": VALUE } },
                "form": { "location": VALUE },
                "global": { "colorSchemeMode": VALUE, "pageHeader": VALUE }
              },
              "componentClasses": { "link": { "lightMode": VALUE } },
              "components": {
                "form": { "lightMode": { "borderColor": VALUE }, "logo": { "enabled": VALUE } }
              }
            }
            """.Replace("VALUE", value));

        Assert.Equal(PageThemes.Default.Css, theme.Css);
        Assert.Equal((Place.Center, null, null), (theme.FormHorizontal, theme.Header, theme.FormLogo));
        Assert.Equal([SignInWay.Federated, SignInWay.UsernamePassword], theme.Ways);
    }

    [Theory]
    [InlineData("1e400", "8px")]
    [InlineData("1e300", "100px")]
    [InlineData("-5", "0px")]
    [InlineData("3.4", "3px")]
    [InlineData("\"1px;color:red\"", "8px")]
    public void Radii_are_whole_pixels_within_bounds(string value, string expected)
    {
        var theme = Managed(
            """{"componentClasses":{"buttons":{"borderRadius":VALUE}}}""".Replace("VALUE", value));

        Assert.Equal(expected, PropertiesOf(theme.LightCss)["--lg-radius-button"]);
    }

    [Fact]
    public void A_place_has_the_image_of_its_mode_rather_than_one_for_both()
    {
        var theme = PageThemes.Managed(null, Images);

        Assert.Equal("DYNAMIC", theme.Asset("FORM_LOGO", isDark: false)!.ColorMode);
        Assert.Equal("DARK", theme.Asset("FORM_LOGO", isDark: true)!.ColorMode);
        Assert.Null(theme.Asset("PAGE_BACKGROUND", isDark: true));
        Assert.Null(theme.Asset("PAGE_HEADER_LOGO", isDark: false));
        Assert.Equal("Google", theme.IconOf("Google", isDark: true)!.ResourceId);
        Assert.Null(theme.IconOf("Partner", isDark: true));
    }

    [Fact]
    public void Icons_of_the_tab_are_of_the_types_that_are_enabled()
    {
        Assert.Equal(
            ["FAVICON_ICO", "FAVICON_SVG"],
            PageThemes.Managed(null, Images).Favicons.Select(icon => icon.Category));
        Assert.Equal(
            ["FAVICON_SVG"],
            PageThemes.Managed(
                StyleSettings.Parse("""{"components":{"favicon":{"enabledTypes":["SVG","X"]}}}"""), Images)
                .Favicons.Select(icon => icon.Category));
    }

    internal static Dictionary<string, string> PropertiesOf(string css) => css
        .Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(declaration => declaration.Split(':'))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    private static PageTheme Managed(string settings) =>
        PageThemes.Managed(StyleSettings.Parse(settings), []);

    private static PageAsset Image(string category, string mode, string? resource = null) =>
        new(category, mode, resource, "tag", "image/png");
}
