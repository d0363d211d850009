using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>How the pages of an app client look.</summary>
internal sealed class PageStyles(PageRules rules)
{
    /// <summary>Has the client pages? Managed login has them once somebody has given the client a style
    /// (doc).</summary>
    public Task<bool> Has(PageVisit visit, AppClient client) =>
        Task.FromResult(visit.IsClassic || rules.HasDefaultStyle || client.Id.Length == 0);

    /// <summary>The page of a client that has none.</summary>
    public static PageAnswer Unavailable() => PageAnswer.Show(
        frame => UnavailablePage.Page(frame, new()), StatusCodes.Status403Forbidden);

    /// <summary>The look of the page that is being sent.</summary>
    public Task<PageTheme> Of(PageVisit visit) => Task.FromResult(new PageTheme
    {
        ColorScheme = rules.HasDefaultStyle ? ColorScheme.Light : ColorScheme.Dynamic,
        LightCss = "",
        DarkCss = "",
        Classic = visit.IsClassic ? new("", null) : null,
    });

    /// <summary>Where the client's terms are; null where not both are there (doc).</summary>
    public static Task<TermsLinks?> Terms(AuthorizedVisit at) =>
        Task.FromResult<TermsLinks?>(null);
}
