namespace Lifeguard.Domain.Branding;

/// <summary>
/// How the pages of an app client look: all that whoever draws them has to know. Its style sheets are safe to
/// stand in a page as they are: every colour and length in them was parsed and is written anew.
/// </summary>
public sealed record PageTheme
{
    /// <summary>For domains with the classic pages; null for managed login.</summary>
    public ClassicTheme? Classic { get; init; }

    /// <summary>Which of the two palettes a page has.</summary>
    public required ColorScheme ColorScheme { get; init; }

    /// <summary>Declarations of the custom properties of light pages, such as
    /// <c>--lg-text:#414d5cff;</c>; their names are in <see cref="ThemeProperties"/>.</summary>
    public required string LightCss { get; init; }

    /// <summary>The same properties for dark pages.</summary>
    public required string DarkCss { get; init; }

    /// <summary>A style sheet that declares the properties of the palette that a page has.</summary>
    public string Css => ColorScheme switch
    {
        ColorScheme.Light => $":root{{color-scheme:light;{LightCss}}}",
        ColorScheme.Dark => $":root{{color-scheme:dark;{DarkCss}}}",
        _ => $":root{{color-scheme:light dark;{LightCss}}}"
            + $"@media (prefers-color-scheme:dark){{:root{{{DarkCss}}}}}",
    };

    public Density Density { get; init; }

    /// <summary>Where the form stands on the page.</summary>
    public Place FormHorizontal { get; init; } = Place.Center;

    /// <summary>Where the form stands on the page, from top to bottom.</summary>
    public Place FormVertical { get; init; } = Place.Center;

    /// <summary>Null for no header.</summary>
    public PageBar? Header { get; init; }

    /// <summary>Null for no footer.</summary>
    public PageBar? Footer { get; init; }

    /// <summary>Null for no logo at the form. It is the asset FORM_LOGO.</summary>
    public FormLogo? FormLogo { get; init; }

    /// <summary>Behind the form is the asset FORM_BACKGROUND, where there is one.</summary>
    public bool HasFormImage { get; init; }

    /// <summary>Behind everything is the asset PAGE_BACKGROUND, where there is one.</summary>
    public bool HasPageImage { get; init; }

    /// <summary>Forms are illustrated: with EMAIL_GRAPHIC, SMS_GRAPHIC, AUTH_APP_GRAPHIC, PASSWORD_GRAPHIC,
    /// PASSKEY_GRAPHIC.</summary>
    public bool HasGraphics { get; init; } = true;

    /// <summary>Buttons of identity providers have icons.</summary>
    public bool HasProviderIcons { get; init; } = true;

    /// <summary>In which order the page offers ways to sign in.</summary>
    public IReadOnlyList<SignInWay> Ways { get; init; } = [SignInWay.Federated, SignInWay.UsernamePassword];

    /// <summary>Identity providers that come first, in this order; see <see cref="Ordered"/>.</summary>
    public IReadOnlyList<string> ProviderOrder { get; init; } = [];

    /// <summary>The images that there are. Whether one is to be seen is said by the members above.</summary>
    public IReadOnlyList<PageAsset> Assets { get; init; } = [];

    /// <summary>Icons for the tab of the browser, for each colour mode and type that there is.</summary>
    public IReadOnlyList<PageAsset> Favicons { get; init; } = [];

    /// <summary>The image for a place of the page; null for none.</summary>
    /// <param name="category">As the service names it, such as <c>PAGE_HEADER_LOGO</c>.</param>
    public PageAsset? Asset(string category, bool isDark) => Best(
        Assets.Where(asset => asset.Category == category), isDark);

    /// <summary>The icon of an identity provider; null for none.</summary>
    public PageAsset? IconOf(string provider, bool isDark) => Best(
        Assets.Where(asset => asset.Category == PageAsset.ProviderIcon && asset.ResourceId == provider),
        isDark);

    /// <summary>Names of identity providers in the order in which the page shows them.</summary>
    public IReadOnlyList<string> Ordered(IEnumerable<string> providers)
    {
        string[] names = [.. providers];
        return [.. ProviderOrder.Where(names.Contains), .. names.Except(ProviderOrder)];
    }

    private static PageAsset? Best(IEnumerable<PageAsset> assets, bool isDark) => assets
        .Where(asset => asset.Suits(isDark))
        .OrderBy(asset => asset.ColorMode == PageAsset.AnyMode)
        .FirstOrDefault();
}

public enum ColorScheme
{
    Light,
    Dark,

    /// <summary>As the reader's browser prefers.</summary>
    Dynamic,
}

public enum Density
{
    Regular,
    Compact,
}

/// <summary>Where something stands, in the direction of reading.</summary>
public enum Place
{
    Start,
    Center,
    End,
}

/// <summary>A way to sign in that has a part of the page.</summary>
public enum SignInWay
{
    /// <summary>A button for each identity provider.</summary>
    Federated,

    /// <summary>The form of the pool's own users.</summary>
    UsernamePassword,
}

/// <summary>A header or footer.</summary>
/// <param name="HasImage">Behind it is PAGE_HEADER_BACKGROUND or PAGE_FOOTER_BACKGROUND.</param>
/// <param name="Logo">Where PAGE_HEADER_LOGO or PAGE_FOOTER_LOGO stands; null for none.</param>
public sealed record PageBar(bool HasImage, Place? Logo);

/// <summary>The logo of the form.</summary>
/// <param name="IsInside">Within the frame of the form, and not outside of it.</param>
/// <param name="IsAbove">Before the fields, and not after them.</param>
public sealed record FormLogo(bool IsInside, bool IsAbove, Place Location);
