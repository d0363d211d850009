using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Tests.ManagedLogin;

internal static class SampleThemes
{
    /// <summary>An administrator who has used everything.</summary>
    public static readonly PageTheme Rich = PageThemes.Managed(
        JsonDocument.Parse(
            """
            { "categories": {
                "auth": { "federation": { "order": ["acme", "Google"] },
                  "authMethodOrder": [[{ "type": "USERNAME_PASSWORD" }, { "type": "FEDERATED" }]] },
                "form": { "location": { "horizontal": "END", "vertical": "CENTER" } },
                "global": { "colorSchemeMode": "DYNAMIC", "spacingDensity": "COMPACT",
                  "pageHeader": { "enabled": true }, "pageFooter": { "enabled": true } } },
              "components": {
                "favicon": { "enabledTypes": ["SVG"] },
                "form": { "logo": { "enabled": true, "formInclusion": "IN", "location": "START" } },
                "pageHeader": { "logo": { "enabled": true, "location": "CENTER" } },
                "pageFooter": { "logo": { "enabled": true, "location": "START" } } } }
            """).RootElement,
        [
            Image(AssetCategoryType.FormLogo, "LIGHT"), Image(AssetCategoryType.FormLogo, "DARK"),
            Image(AssetCategoryType.PageHeaderLogo, "DYNAMIC"),
            Image(AssetCategoryType.PageFooterLogo, "LIGHT"), Image(AssetCategoryType.PageBackground, "DARK"),
            Image(AssetCategoryType.FaviconSvg, "DYNAMIC"),
            Image(AssetCategoryType.PasskeyGraphic, "DYNAMIC"),
            Image(AssetCategoryType.IdpButtonIcon, "DYNAMIC", "acme"),
        ]);

    /// <summary>What an image shows.</summary>
    public static string Drawing(PageAsset image) => image.Category switch
    {
        AssetCategoryType.PageBackground =>
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><rect width="100" height="60"
            fill="#0b1524"/><circle cx="20" cy="50" r="30" fill="#16283f"/></svg>
            """,
        AssetCategoryType.FormLogo or AssetCategoryType.PageHeaderLogo or AssetCategoryType.PageFooterLogo =>
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"
            fill="{(image.ColorMode == "LIGHT" ? "#0b1524" : "#8fb8ea")}"><circle cx="20" cy="20" r="14"/>
            <text x="44" y="28" font-family="sans-serif" font-size="24">Planets</text></svg>
            """,
        _ =>
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="28"
            fill="#c2410c"/></svg>
            """,
    };

    private static PageAsset Image(string category, string mode, string? resource = null) => new(
        category, mode, resource, $"{category}-{mode}".ToLowerInvariant(), "image/svg+xml");
}
