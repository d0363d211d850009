using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>The whole document.</summary>
internal static class PageShell
{
    public static Html Page(this PageFrame frame, PageBody body)
    {
        var style = frame.Theme.Density == Density.Compact ? "compact" : null;
        return
            $"""
            <!doctype html>
            <html lang="{frame.Texts.Language.Tag}" dir="ltr"{FormPieces.Attribute("class", style)}>
            <head>
            {Head(frame, body)}
            </head>
            {(frame.IsClassic ? ClassicShell.Body(frame, body) : ManagedShell.Body(frame, body))}
            </html>
            """;
    }

    /// <summary>What came of the last step. Errors are read out as soon as the page is there.</summary>
    public static Html? Told(PageFrame frame, Alert? alert)
    {
        if (alert is null) return null;
        var isError = alert.Kind == AlertKind.Error;
        var style = alert.Kind switch
        {
            AlertKind.Error => frame.IsClassic ? "errorMessage-customizable" : "alert error",
            AlertKind.Success => "alert success",
            AlertKind.Warning => "alert warning",
            _ => "alert information",
        };
        return
            $"""
            <div class="{style}" role="{(isError ? "alert" : "status")}">{(
                alert.Kind == AlertKind.Success ? Icons.Check : Icons.Alert)}<p>{alert.Text}</p></div>
            """;
    }

    /// <summary>The address of an image of the theme.</summary>
    public static string Address(PageFrame frame, string assetPath) => $"{frame.Base}/{assetPath}";

    private static Html Head(PageFrame frame, PageBody body)
    {
        var texts = frame.Texts;
        var title = frame.ApplicationName is { } name ? texts.TitleOf(body.Title, name) : body.Title;
        var sheet = frame.IsClassic ? PageFile.Classic : PageFile.Managed;
        return
            $"""
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{(body.IsRefused ? texts.TitleWithError(title) : title)}</title>
            {Favicons(frame)}
            <link rel="stylesheet" href="{frame.Base}{sheet.Href}" nonce="{frame.Nonce}">
            <style nonce="{frame.Nonce}">{ThemeStyle.Of(frame)}</style>
            {(body.HasPasskeys && !frame.IsClassic
                ? (Html)$"""
                    <script src="{frame.Base}{PageFile.Passkeys.Href}" nonce="{frame.Nonce}" defer></script>
                    """
                : null)}
            """;
    }

    private static IEnumerable<Html> Favicons(PageFrame frame) =>
        frame.Theme.Favicons.Select(icon =>
        {
            var media = FormPieces.Attribute("media", Media(icon));
            var address = Address(frame, icon.Path);
            return (Html)$"""<link rel="icon" type="{icon.ContentType}" href="{address}"{media}>""";
        });

    private static string? Media(PageAsset asset) => asset.ColorMode == PageAsset.AnyMode
        ? null
        : $"(prefers-color-scheme: {(asset.Suits(isDark: true) ? "dark" : "light")})";
}
