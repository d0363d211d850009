using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.OAuth;

namespace Lifeguard.Web.Login;

/// <summary>Where every sign-in on the pages ends: the browser is signed in, and goes back to the app with
/// what the app asked for.</summary>
internal sealed class BrowserArrival(BrowserSessions sessions, GrantAuthorization grant)
{
    /// <summary>After a sign-in that has just happened.</summary>
    /// <param name="saml">What logging out at a SAML provider will need; null for anybody else.</param>
    public async Task<PageAnswer> Finish(
        PageVisit visit, AppClient client, AuthorizationRequest request, BrowserSignIn signIn,
        SamlSession? saml = null)
    {
        var answer = await Return(visit, client, request, signIn, isFirst: true);
        var before = visit.Cookies[PageCookies.Session];
        var (id, end) = await sessions.Begin(
            visit.Pool, visit.Domain, client, signIn, saml, before, visit.Call);
        return answer.With(cookies => cookies.Set(PageCookies.Session, id, end, visit.Call.Now));
    }

    /// <summary>Back to the app.</summary>
    /// <param name="isFirst">The sign-in has just happened.</param>
    public async Task<PageAnswer> Return(
        PageVisit visit, AppClient client, AuthorizationRequest request, BrowserSignIn signIn,
        bool isFirst)
    {
        var given = await grant.Grant(visit.Pool, client, request, signIn, isFirst, visit.Call);
        if (!isFirst)
            await sessions.NoteVisit(visit.Pool, client, visit.Cookies[PageCookies.Session], visit.Call);
        return PageSender.Return(request.ReturnTo, given);
    }
}
