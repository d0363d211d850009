using System.Globalization;
using System.Text;
using System.Text.Json;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>
/// Makes themes of what is stored. Settings are strangers' work, even those that came in with another
/// deployment's pool: whatever is not a colour, a number or a known word gives way to the default.
/// </summary>
public static class PageThemes
{
    private const double LargestRadius = 100;

    private static readonly JsonElement ClassicPalette = StyleSettings.Merge(
        StyleDefaults.Settings, ClassicDefaults.Settings);

    /// <summary>Managed login without a style, for deployments that show its pages all the same.</summary>
    public static PageTheme Default { get; } = Managed(StyleSettings.None, []);

    /// <summary>The theme of managed login pages.</summary>
    /// <param name="settings">What was customised; null for nothing.</param>
    public static PageTheme Managed(JsonElement? settings, IReadOnlyList<PageAsset> assets)
    {
        var tree = new SettingsTree(
            StyleSettings.Merge(StyleDefaults.Settings, settings ?? StyleSettings.None),
            StyleDefaults.Settings);
        return new()
        {
            ColorScheme = tree.Word("categories.global.colorSchemeMode") switch
            {
                ColorSchemeModeType.Dark => ColorScheme.Dark,
                ColorSchemeModeType.Dynamic => ColorScheme.Dynamic,
                _ => ColorScheme.Light,
            },
            LightCss = Declarations(tree, "lightMode"),
            DarkCss = Declarations(tree, "darkMode"),
            Density = tree.Word("categories.global.spacingDensity") == "COMPACT"
                ? Density.Compact
                : Density.Regular,
            FormHorizontal = PlaceAt(tree, "categories.form.location.horizontal"),
            FormVertical = PlaceAt(tree, "categories.form.location.vertical"),
            Header = Bar(tree, "pageHeader"),
            Footer = Bar(tree, "pageFooter"),
            FormLogo = Logo(tree),
            HasFormImage = tree.Flag("components.form.backgroundImage.enabled"),
            HasPageImage = tree.Flag("components.pageBackground.image.enabled"),
            HasGraphics = tree.Flag("categories.form.displayGraphics"),
            HasProviderIcons = tree.Flag("componentClasses.idpButtons.icons.enabled"),
            Ways = Ways(tree),
            ProviderOrder = [.. tree.Words("categories.auth.federation.order").Distinct()],
            Assets = assets,
            Favicons = Favicons(tree, assets),
        };
    }

    /// <summary>The theme of classic pages.</summary>
    /// <param name="custom">Null where nobody customised them.</param>
    public static PageTheme Classic(ClassicLook? custom)
    {
        var tree = new SettingsTree(ClassicPalette, ClassicPalette);
        var css = Declarations(tree, "lightMode");
        return new()
        {
            Classic = new(ClassicDefaults.Css + ClassicCss.Rewrite(custom?.Css ?? ""), custom?.LogoTag),
            ColorScheme = ColorScheme.Light,
            LightCss = css,
            DarkCss = css,
            HasGraphics = false,
            HasProviderIcons = false,
        };
    }

    private static string Declarations(SettingsTree tree, string mode)
    {
        var css = new StringBuilder();
        foreach (var color in ThemeProperties.Colors)
            css.Append(color.Name).Append(':')
                .Append(tree.Color($"{color.Above}.{mode}.{color.Below}")).Append(';');
        foreach (var radius in ThemeProperties.Radii)
            css.Append(radius.Name).Append(':')
                .Append(Radius(tree.Number(radius.Path))).Append("px;");
        return css.ToString();
    }

    private static string Radius(double pixels) => ((int)Math.Clamp(Math.Round(pixels), 0, LargestRadius))
        .ToString(CultureInfo.InvariantCulture);

    private static Place PlaceAt(SettingsTree tree, string path) => tree.Word(path) switch
    {
        "START" => Place.Start,
        "END" => Place.End,
        _ => Place.Center,
    };

    private static PageBar? Bar(SettingsTree tree, string name) =>
        tree.Flag($"categories.global.{name}.enabled")
            ? new(
                tree.Flag($"components.{name}.backgroundImage.enabled"),
                tree.Flag($"components.{name}.logo.enabled")
                    ? PlaceAt(tree, $"components.{name}.logo.location")
                    : null)
            : null;

    private static FormLogo? Logo(SettingsTree tree) => tree.Flag("components.form.logo.enabled")
        ? new(
            IsInside: tree.Word("components.form.logo.formInclusion") != "OUT",
            IsAbove: tree.Word("components.form.logo.position") != "BOTTOM",
            PlaceAt(tree, "components.form.logo.location"))
        : null;

    /// <summary>The rows of the setting one after the other; what they leave out comes last.</summary>
    private static IReadOnlyList<SignInWay> Ways(SettingsTree tree) =>
    [
        .. tree.Words("categories.auth.authMethodOrder", "type")
            .Select(type => type switch
            {
                "FEDERATED" => SignInWay.Federated,
                "USERNAME_PASSWORD" => SignInWay.UsernamePassword,
                _ => (SignInWay?)null,
            })
            .OfType<SignInWay>()
            .Concat([SignInWay.Federated, SignInWay.UsernamePassword])
            .Distinct(),
    ];

    private static IReadOnlyList<PageAsset> Favicons(SettingsTree tree, IReadOnlyList<PageAsset> assets)
    {
        string[] categories =
            [.. tree.Words("components.favicon.enabledTypes").Select(type => $"FAVICON_{type}")];
        return
        [
            .. assets.Where(asset => categories.Contains(asset.Category)
                && asset.Category is AssetCategoryType.FaviconIco or AssetCategoryType.FaviconSvg),
        ];
    }
}
