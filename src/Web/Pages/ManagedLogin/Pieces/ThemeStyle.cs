using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>The style sheet that stands in the page: the theme's own, and where its images are, which it
/// cannot know.</summary>
internal static class ThemeStyle
{
    public static Html Of(PageFrame frame)
    {
        var style = Html.Empty;
        // The theme's sheets are written by the program. Should one ever hold text of somebody's all the
        // same, it still cannot end the element: in CSS this is the same letter.
        style.AppendLiteral(Sheet(frame).Replace("<", "\\3c "));
        return style;
    }

    private static string Sheet(PageFrame frame)
    {
        var theme = frame.Theme;
        if (theme.Classic is { } classic) return theme.Css + classic.Css;
        var light = Images(frame, isDark: theme.ColorScheme == ColorScheme.Dark);
        if (light.Length == 0 || theme.ColorScheme != ColorScheme.Dynamic) return theme.Css + light;
        return $"{theme.Css}{light}@media (prefers-color-scheme:dark){{{Images(frame, isDark: true)}}}";
    }

    /// <summary>What lies behind parts of the page; nothing at all where no image is to be seen.</summary>
    private static string Images(PageFrame frame, bool isDark)
    {
        var theme = frame.Theme;
        var declarations = new StringBuilder();
        Image("--page-image", theme.HasPageImage, AssetCategoryType.PageBackground);
        Image("--form-image", theme.HasFormImage, AssetCategoryType.FormBackground);
        Image("--header-image", theme.Header?.HasImage == true, AssetCategoryType.PageHeaderBackground);
        Image("--footer-image", theme.Footer?.HasImage == true, AssetCategoryType.PageFooterBackground);
        return declarations.Length == 0 ? "" : $":root{{{declarations}}}";

        void Image(string name, bool isWanted, string category)
        {
            if (!isWanted || theme.Assets.All(asset => asset.Category != category)) return;
            var address = theme.Asset(category, isDark) is { } asset
                ? $"url(\"{PageShell.Address(frame, asset.Path)}\")"
                : "none";
            declarations.Append($"{name}:{address};");
        }
    }
}
