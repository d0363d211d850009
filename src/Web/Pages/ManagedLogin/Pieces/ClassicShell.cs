using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>What is seen of a classic page: a plain frame with the classes that SetUICustomization can
/// style.</summary>
internal static class ClassicShell
{
    public static Html Body(PageFrame frame, PageBody body) =>
        $"""
        <body>
        <main class="background-customizable">
        <div class="banner banner-customizable">{Logo(frame)}</div>
        <div class="panel">
        <h1>{body.Title}</h1>
        {(body.Lead is null ? null : (Html)$"""<p class="textDescription-customizable">{body.Lead}</p>""")}
        {(body.Who is null ? null : (Html)$"""<p class="who"><bdi>{body.Who}</bdi></p>""")}
        {PageShell.Told(frame, body.Notice)}
        {PageShell.Told(frame, body.Alert)}
        {body.Content}
        {(body.Links is null ? null : (Html)$"""
            <div class="links redirect-customizable">{body.Links}</div>
            """)}
        </div>
        </main>
        </body>
        """;

    private static Html? Logo(PageFrame frame) => frame.Theme.Classic?.LogoTag is { } tag
        ? (Html)$"""
            <img class="logo-customizable" src="{PageShell.Address(frame, PageAsset.PathOf(tag))}"
              alt="{frame.ApplicationName}">
            """
        : null;
}
