using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

/// <summary>Frames for <see cref="SamplePages"/>.</summary>
internal static class SampleFrame
{
    public const string Nonce = "bm9uY2U";

    public static PageFrame Managed => Of(PageThemes.Default);

    public static PageFrame Classic => Of(PageThemes.Classic(null));

    public static PageFrame Of(PageTheme theme, PageLanguage? language = null) => new()
    {
        Theme = theme,
        Texts = PageCatalogue.Default.In(language ?? PageLanguage.English),
        Nonce = Nonce,
        CsrfToken = "token",
        Query = "client_id=1example23456789&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb",
        LanguagePath = theme.Classic is null ? PagePaths.SignIn : null,
        ApplicationName = "Planets",
    };
}
