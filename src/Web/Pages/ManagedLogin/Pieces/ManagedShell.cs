using Lifeguard.Contract;
using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>What is seen of a page of managed login.</summary>
internal static class ManagedShell
{
    public static Html Body(PageFrame frame, PageBody body)
    {
        var theme = frame.Theme;
        return
            $"""
            <body>
            {Bar(frame, theme.Header, isHeader: true)}
            <div class="stage {Horizontal(theme.FormHorizontal)} {Vertical(theme.FormVertical)}">
            <main>
            {Logo(frame, isInside: false, isAbove: true)}
            <div class="card">
            {Logo(frame, isInside: true, isAbove: true)}
            {Heading(frame, body)}
            {PageShell.Told(frame, body.Notice)}
            {PageShell.Told(frame, body.Alert)}
            {body.Content}
            {(body.Links is null ? null : (Html)$"""<div class="links">{body.Links}</div>""")}
            {Logo(frame, isInside: true, isAbove: false)}
            </div>
            {Logo(frame, isInside: false, isAbove: false)}
            </main>
            {Languages(frame)}
            </div>
            {Bar(frame, theme.Footer, isHeader: false)}
            </body>
            """;
    }

    private static Html Heading(PageFrame frame, PageBody body) =>
        $"""
        <div class="head">
        {Illustration(frame, body.Graphic)}
        <h1>{body.Title}</h1>
        {(body.Lead is null ? null : (Html)$"<p>{body.Lead}</p>")}
        </div>
        {(body.Who is null ? null : (Html)$"""<p class="who">{Icons.Person}<bdi>{body.Who}</bdi></p>""")}
        """;

    private static Html? Illustration(PageFrame frame, Graphic graphic)
    {
        if (!frame.Theme.HasGraphics) return null;
        var (category, drawing) = graphic switch
        {
            Graphic.Email => (AssetCategoryType.EmailGraphic, Icons.Email),
            Graphic.Sms => (AssetCategoryType.SmsGraphic, Icons.Message),
            Graphic.Authenticator => (AssetCategoryType.AuthAppGraphic, Icons.Phone),
            Graphic.Password => (AssetCategoryType.PasswordGraphic, Icons.Lock),
            Graphic.Passkey => (AssetCategoryType.PasskeyGraphic, Icons.Passkey),
            Graphic.Protection => (null, Icons.Shield),
            _ => ((string?)null, (Html?)null),
        };
        return category is not null && Pictures.Of(frame, category, "", "graphic-image") is { } own
            ? own
            : drawing is null ? null : (Html)$"""<div class="graphic">{drawing}</div>""";
    }

    private static Html? Bar(PageFrame frame, PageBar? bar, bool isHeader)
    {
        if (bar is null) return null;
        var logo = bar.Logo is null
            ? null
            : Pictures.Of(
                frame,
                isHeader ? AssetCategoryType.PageHeaderLogo : AssetCategoryType.PageFooterLogo,
                frame.ApplicationName ?? "");
        var style = $"bar {At(bar.Logo ?? Place.Center)}";
        return isHeader
            ? (Html)$"""<header class="{style}">{logo}</header>"""
            : (Html)$"""<footer class="{style}">{logo}</footer>""";
    }

    private static Html? Logo(PageFrame frame, bool isInside, bool isAbove)
    {
        if (frame.Theme.FormLogo is not { } logo || logo.IsInside != isInside || logo.IsAbove != isAbove)
            return null;
        return Pictures.Of(frame, AssetCategoryType.FormLogo, frame.ApplicationName ?? "") is { } picture
            ? (Html)$"""<div class="logo {At(logo.Location)}">{picture}</div>"""
            : null;
    }

    private static Html Choice(this PageFrame frame, PageLanguage language, bool isCurrent)
    {
        var current = FormPieces.Attribute("aria-current", isCurrent ? "true" : null);
        Html tags = $"""lang="{language.Tag}" hreflang="{language.Tag}"{current}""";
        return $"""<li><a href="{frame.In(language)}" {tags}>{language.Name}</a></li>""";
    }

    private static Html? Languages(PageFrame frame)
    {
        if (frame.LanguagePath is null) return null;
        var current = frame.Texts.Language;
        return
            $"""
            <nav class="languages" aria-label="{frame.Texts.LanguageLabel}">
            <details>
            <summary>{Icons.Globe}<span>{current.Name}</span>{Icons.Turn}</summary>
            <ul>{PageLanguage.All.Select(language => frame.Choice(language, language == current))}</ul>
            </details>
            </nav>
            """;
    }

    private static string At(Place place) => place switch
    {
        Place.Start => "at-start",
        Place.End => "at-end",
        _ => "at-center",
    };

    private static string Horizontal(Place place) => place switch
    {
        Place.Start => "from-start",
        Place.End => "from-end",
        _ => "from-middle",
    };

    private static string Vertical(Place place) => place switch
    {
        Place.Start => "from-top",
        Place.End => "from-bottom",
        _ => "from-center",
    };
}
