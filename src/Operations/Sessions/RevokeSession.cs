using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Sessions;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Ends a session of a user that somebody names: one of tokens, or one of a browser.</summary>
public sealed class RevokeSession(
    SessionStore sessions, BrowserSessionStore browsers, DomainStore domains, WaysIn ways, EndSignIn end)
{
    /// <summary>Ends it, and on demand the sessions that are linked to it.</summary>
    /// <param name="associated">What becomes of those, in the words of the request.</param>
    /// <exception cref="ApiException">InvalidParameterException: it is none of those words.
    /// OperationNotEnabledException: the pool tracks no sessions. ResourceNotFoundException: the user has no
    /// such session, or none that is still good.</exception>
    public async Task Revoke(UserPool pool, User user, string id, string? associated, Call call)
    {
        var isLinked = SessionRules.ReachesLinked(associated);
        pool.MustTrackSessions();
        if (SessionId.IsOfBrowser(id))
        {
            var browser = await browsers.FindById(pool.Id, user.Sub, id, call.Now, call.Cancelled);
            if (browser is null || !await IsGood(browser, user, call)) throw SessionRefusals.NotFound();
            await end.Browser(browser, isLinked, call);
            return;
        }

        var session = await sessions.Find(pool.Id, user.Sub, id, call.Now, call.Cancelled);
        if (session is null || SignInGate.IsSignedOut(user, session.CreatedAt))
            throw SessionRefusals.NotFound();
        await end.Session(session, isLinked, call);
    }

    private async Task<bool> IsGood(BrowserSession browser, User user, Call call) =>
        await ways.MayStay(user, browser.SignIn.EventId, call)
        && browser.IsServedBy(await domains.Of(user.PoolId, call.Cancelled));
}
