using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Operations.Branding;
using Lifeguard.Operations.Terms;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>How the pages of an app client look.</summary>
internal sealed class PageStyles(FindPageTheme themes, FindTermsLinks terms, PageRules rules)
{
    /// <summary>Has the client pages? Managed login has them once somebody has given the client a style
    /// (observed).</summary>
    public async Task<bool> Has(PageVisit visit, AppClient client) =>
        rules.HasDefaultStyle || await Find(visit, client) is not null;

    /// <summary>The page of a client that has none.</summary>
    public static PageAnswer Unavailable() => PageAnswer.Show(
        frame => UnavailablePage.Page(frame, new()), StatusCodes.Status403Forbidden);

    /// <summary>The look of a page.</summary>
    /// <param name="client">Null where the page belongs to no client.</param>
    public async Task<PageTheme> Of(PageVisit visit, AppClient? client)
    {
        if (client is not null && await Find(visit, client) is { } theme) return theme;
        return visit.IsClassic ? PageThemes.Classic(custom: null) : PageThemes.Default;
    }

    /// <summary>Where the client's terms are; null where not both are there (doc). Classic pages have
    /// none.</summary>
    public async Task<TermsLinks?> Terms(AuthorizedVisit at) => at.Visit.IsClassic
        ? null
        : await terms.Of(at.Client, at.Visit.Language.Tag, at.Call.Cancelled);

    private Task<PageTheme?> Find(PageVisit visit, AppClient client) =>
        themes.Of(client, visit.Domain.ManagedLoginVersion, visit.Call.Cancelled);
}
