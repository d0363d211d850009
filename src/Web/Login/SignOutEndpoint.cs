using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>GET /logout</c> (doc): ends the session of the browser. Tokens stay good.</summary>
internal sealed class SignOutEndpoint(
    PageGate gate, SignOutRequests requests, BrowserSessions sessions, ProviderRedirect providers,
    AuthorizationRules rules)
{
    /// <summary>Answers whatever comes to the path; by form too where OpenID Connect is kept to the letter
    /// (RP-Initiated Logout 1.0 §2).</summary>
    public Task Handle(HttpContext context) => rules.IsStrict
        ? gate.Receive(context, Answer)
        : gate.Read(context, Answer);

    private async Task<PageAnswer> Answer(PageVisit visit)
    {
        if (visit.ByAddress(PagePaths.SignOut) is { } again) return again;
        if (visit.Form is { } form) visit = visit with { Query = form.ToQuery() };
        var target = await requests.Check(visit.Pool, visit.Query, visit.Call);
        var ended = await sessions.End(visit.Domain, visit.Cookies[PageCookies.Session], visit.Call);
        var onward = AddressOf(visit, target);
        var answer = ended is { Saml: not null } && onward is not null
            ? await providers.SignOut(visit, ended, onward) ?? Go(visit, onward)
            : Go(visit, onward);
        return answer.With(cookies => cookies.Remove(PageCookies.Session));
    }

    private static PageAnswer Go(PageVisit visit, string? address) => address is null
        ? PageAnswer.Show(frame => SignedOutPage.Page(frame, new()))
        : PageAnswer.To(address);

    private static string? AddressOf(PageVisit visit, SignOutTarget target) => target switch
    {
        { SignInQuery: { } query } => $"{visit.Base}{PagePaths.SignIn}?{query}",
        _ => target.Address,
    };
}
