using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Sessions;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Ends sign-ins: their access and refresh tokens are refused from then on, and their sessions are
/// gone. Doing it again changes nothing.</summary>
public sealed class EndSignIn(
    RevocationStore revocations, SessionStore sessions, BrowserSessionStore browsers, UserStore users,
    Database database)
{
    /// <summary>Ends the sign-in that a refresh token belongs to.</summary>
    /// <param name="isLinked">Whether the browser is signed out that it came through; only known where the
    /// pool tracks sessions (doc).</param>
    public Task Family(UserPool pool, RefreshToken token, bool isLinked, Call call) => database.Write(
        async transaction =>
        {
            var id = SessionId.OfTokens(token.Origin.EventId);
            if (isLinked && pool.Sessions.IsOn)
                await browsers.RemoveOrigin(transaction, pool.Id, token.Sub, id, call.Cancelled);
            await revocations.Add(
                transaction,
                pool.Id,
                token.Origin.Family,
                RefreshToken.LastOf(token.ExpiresAt),
                call.Cancelled);
            await sessions.Remove(transaction, pool.Id, token.Sub, id, call.Cancelled);
        },
        call.Cancelled);

    /// <summary>Ends the sign-in of a session.</summary>
    /// <param name="isLinked">Whether the browser is signed out that it came through; other tokens that did
    /// stay good (doc).</param>
    public Task Session(UserSession session, bool isLinked, Call call) => database.Write(
        async transaction =>
        {
            if (isLinked)
            {
                await browsers.RemoveOrigin(
                    transaction, session.PoolId, session.Sub, session.Id, call.Cancelled);
            }

            await Session(transaction, session, call);
        },
        call.Cancelled);

    /// <summary>Signs a browser out.</summary>
    /// <param name="isLinked">Whether the tokens are revoked that came through it (doc), those included that
    /// an app has still to fetch.</param>
    public Task Browser(BrowserSession browser, bool isLinked, Call call) => database.Write(
        async transaction =>
        {
            var (poolId, sub) = (browser.SignIn.PoolId, browser.SignIn.Sub);
            await browsers.Remove(transaction, poolId, browser.Hash, call.Cancelled);
            if (!isLinked) return;
            // What an app fetches at this moment is either there already or finds the revocation.
            await users.Hold(transaction, poolId, sub, call.Cancelled);
            await revocations.Add(
                transaction, poolId, browser.Id, call.Now + AuthorizationCode.Lifetime, call.Cancelled);
            var linked = await sessions.ThoseThrough(
                transaction, poolId, sub, browser.Id, call.Now, call.Cancelled);
            foreach (var session in linked) await Session(transaction, session, call);
        },
        call.Cancelled);

    /// <summary>Ends the sign-in of a session, within a transaction.</summary>
    public async Task Session(Transaction transaction, UserSession session, Call call)
    {
        await revocations.Add(
            transaction,
            session.PoolId,
            session.Family,
            RefreshToken.LastOf(session.ExpiresAt),
            call.Cancelled);
        await sessions.Remove(transaction, session.PoolId, session.Sub, session.Id, call.Cancelled);
    }

    /// <summary>Ends all sign-ins of a user that began before the call, those under way included.</summary>
    public Task All(UserPool pool, User user, Call call) => database.Write(
        transaction => All(transaction, pool, user, call), call.Cancelled);

    /// <summary>As the other, and the one that the call came with in any case. Ids of sign-ins are exact to
    /// the millisecond: one of this very instant, or of a node whose clock is ahead, does not count as
    /// earlier.</summary>
    public Task All(SignedInUser user, Call call) => database.Write(
        async transaction =>
        {
            var (pool, origin) = (user.Pool, user.Origin);
            await All(transaction, pool, user.User, call);
            if (SignInGate.IsSignedOut(user.User.SignOut(call.Now), origin.BeganAt)) return;
            var end = RefreshToken.LastOf(origin.SignedInAt + user.Client.RefreshTokenLifetime);
            await revocations.Add(transaction, pool.Id, origin.Family, end, call.Cancelled);
        },
        call.Cancelled);

    private async Task All(Transaction transaction, UserPool pool, User user, Call call)
    {
        await users.Update(transaction, user.SignOut(call.Now), pool, call.Cancelled);
        await sessions.RemoveOf(transaction, pool.Id, user.Sub, call.Cancelled);
    }
}
