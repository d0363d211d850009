using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>Images of the theme, as the palette needs them.</summary>
internal static class Pictures
{
    /// <summary>The image of a place; null where there is none.</summary>
    /// <param name="category">As the service names the place.</param>
    /// <param name="words">For those who do not see it; empty where it only decorates.</param>
    public static Html? Of(PageFrame frame, string category, string words, string? style = null) => Of(
        frame,
        frame.Theme.Asset(category, isDark: false),
        frame.Theme.Asset(category, isDark: true),
        words,
        style);

    /// <summary>The administrator's icon of an identity provider; null where there is none.</summary>
    public static Html? OfProvider(PageFrame frame, string name) => Of(
        frame,
        frame.Theme.IconOf(name, isDark: false),
        frame.Theme.IconOf(name, isDark: true),
        words: "",
        style: null);

    private static Html? Of(PageFrame frame, PageAsset? light, PageAsset? dark, string words, string? style)
    {
        return (frame.Theme.ColorScheme, light, dark) switch
        {
            (ColorScheme.Light, not null, _) => Image(light, style),
            (ColorScheme.Dark, _, not null) => Image(dark, style),
            (not ColorScheme.Dynamic, _, _) or (_, null, null) => null,
            (_, not null, null) => Image(light, $"in-light {style}".TrimEnd()),
            (_, null, not null) => Image(dark, $"in-dark {style}".TrimEnd()),
            _ when light == dark => Image(light, style),
            _ => (Html)$"""
                <picture><source media="(prefers-color-scheme: dark)" srcset="{PageShell.Address(
                    frame, dark.Path)}">{Image(light, style)}</picture>
                """,
        };

        Html Image(PageAsset asset, string? style) =>
            $"""<img src="{PageShell.Address(frame, asset.Path)}" alt="{words}"{FormPieces.Attribute(
                "class", style)}>""";
    }
}
