using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>
/// <c>/oauth2/authorize</c> (RFC 6749 §3.1). It shows nothing itself: the browser goes back to the app, on to
/// an identity provider, or to the sign-in page with the same query (doc).
/// </summary>
internal sealed class AuthorizeEndpoint(
    PageGate gate, CheckAuthorization check, BrowserSessions sessions, BrowserArrival arrival,
    ProviderChoice providers, ProviderRedirect redirect, AuthorizationRules rules, RateLimits rates)
{
    public const string Path = "/oauth2/authorize";

    /// <summary>Works like the other in several of the service's examples (doc).</summary>
    public const string ShortPath = "/authorize";

    /// <summary>Answers whatever comes to the path. By form only where OpenID Connect is kept to the letter
    /// (Core §3.1.2.1); the service does not take it.</summary>
    public Task Handle(HttpContext context) => rules.IsStrict
        ? gate.Receive(context, Answer)
        : gate.Read(context, Answer);

    private async Task<PageAnswer> Answer(PageVisit visit)
    {
        if (visit.ByAddress(Path) is { } again) return again;
        if (visit.Form is { } form) visit = visit with { Query = form.ToQuery() };
        await rates.Enter(RateCategory.UserAuthentication, visit.Call.Now, visit.Call.Cancelled);
        var (client, request) = await check.Check(visit.Pool, visit.Query, visit.Call);
        var provider = await providers.Asked(visit, client, request);
        if (provider is { IsRefused: true }) return PageAnswer.To(AskedProvider.Refusal(visit));
        if (!rules.AsksAgain(request, visit.IsClassic)
            && await Known(visit, client, request, provider?.Name) is { } known)
        {
            return await arrival.Return(visit, client, request, known, isFirst: false);
        }

        if (rules.IsSilent(request, visit.IsClassic))
            throw AuthorizationRefusals.LoginRequired(request.ReturnTo);
        return provider is { Provider: { } other }
            ? await redirect.Begin(visit, client, request, other)
            : PageAnswer.To(visit.To(PagePaths.SignIn));
    }

    /// <summary>Who is signed in in this browser, in a way that the client takes and the request
    /// means.</summary>
    private async Task<BrowserSignIn?> Known(
        PageVisit visit, AppClient client, AuthorizationRequest request, string? provider)
    {
        var browser = await sessions.Find(visit.Domain, visit.Cookies[PageCookies.Session], visit.Call);
        return browser?.Satisfies(client, request, visit.Call.Now) == true
            && (provider is null || provider == browser.By)
                ? browser.SignIn
                : null;
    }
}
