using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Ends sign-ins: their access and refresh tokens are refused from then on, and their sessions are
/// gone. Doing it again changes nothing.</summary>
public sealed class EndSignIn(
    RevocationStore revocations, SessionStore sessions, UserStore users, Database database)
{
    /// <summary>Ends the sign-in that a refresh token belongs to.</summary>
    public Task Family(UserPool pool, RefreshToken token, Call call) => database.Write(
        async transaction =>
        {
            await revocations.Add(
                transaction,
                pool.Id,
                token.Origin.Family,
                RefreshToken.LastOf(token.ExpiresAt),
                call.Cancelled);
            await sessions.Remove(
                transaction, pool.Id, token.Sub, UserSession.IdOf(token.Origin.EventId), call.Cancelled);
        },
        call.Cancelled);

    /// <summary>Ends the sign-in of a session.</summary>
    public Task Session(UserSession session, Call call) => database.Write(
        transaction => Session(transaction, session, call), call.Cancelled);

    /// <summary>As the other, within a transaction.</summary>
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
