using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>An image of the pages, without its bytes.</summary>
/// <param name="Category">Its place, as the service names it.</param>
/// <param name="ColorMode">LIGHT, DARK, or DYNAMIC for both.</param>
/// <param name="ResourceId">The identity provider whose icon it is; null for other images.</param>
/// <param name="Tag">Names the image for as long as it is the same: <see cref="PathOf"/> can be kept by
/// browsers for good.</param>
/// <param name="ContentType">What it is served as.</param>
public sealed record PageAsset(
    string Category, string ColorMode, string? ResourceId, string Tag, string ContentType)
{
    /// <summary>The icon on the button of an identity provider.</summary>
    public const string ProviderIcon = AssetCategoryType.IdpButtonIcon;

    public const string AnyMode = ColorSchemeModeType.Dynamic;

    /// <summary>Where images are, below the address of a domain.</summary>
    public const string Folder = "assets";

    /// <summary>Where the image is, below the address of a domain.</summary>
    public string Path => PathOf(Tag);

    public static string PathOf(string tag) => $"{Folder}/{tag}";

    /// <summary>Can it be seen on a page of this palette?</summary>
    public bool Suits(bool isDark) =>
        ColorMode is AnyMode || ColorMode == (isDark ? ColorSchemeModeType.Dark : ColorSchemeModeType.Light);
}

/// <summary>
/// An image as it is served. An SVG document can hold scripts. Where a page shows it as an image no browser
/// runs them; where somebody opens its address none must. So whoever serves it sends with it
/// <c>Content-Security-Policy: sandbox; default-src 'none'; style-src 'unsafe-inline'</c> and
/// <c>X-Content-Type-Options: nosniff</c>.
/// </summary>
public sealed record PageImage(string ContentType, byte[] Bytes);
