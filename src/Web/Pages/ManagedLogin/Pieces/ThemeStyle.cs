using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>The style sheet that stands in the page: the theme's colours, lengths and images, or the classes
/// of the classic pages.</summary>
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
        if (theme.Classic is { } classic) return classic.Css;
        var (light, dark) = (Declarations(frame, isDark: false), Declarations(frame, isDark: true));
        return theme.ColorScheme switch
        {
            ColorScheme.Light => $":root{{color-scheme:light;{light}}}",
            ColorScheme.Dark => $":root{{color-scheme:dark;{dark}}}",
            _ => $":root{{color-scheme:light dark;{light}}}"
                + $"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}",
        };
    }

    private static string Declarations(PageFrame frame, bool isDark)
    {
        var theme = frame.Theme;
        var declarations = new StringBuilder(isDark ? theme.DarkCss : theme.LightCss);
        Image("--page-image", theme.HasPageImage, AssetCategoryType.PageBackground);
        Image("--form-image", theme.HasFormImage, AssetCategoryType.FormBackground);
        Image("--header-image", theme.Header?.HasImage == true, AssetCategoryType.PageHeaderBackground);
        Image("--footer-image", theme.Footer?.HasImage == true, AssetCategoryType.PageFooterBackground);
        return declarations.ToString();

        void Image(string name, bool isWanted, string category)
        {
            if (!isWanted) return;
            var address = theme.Asset(category, isDark) is { } asset
                ? $"url(\"{PageShell.Address(frame, asset.Path)}\")"
                : "none";
            declarations.Append($"{name}:{address};");
        }
    }
}
