using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Sessions;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Notes who is signed in where, in pools that track it. Sign-ins from before the tracking began
/// have no session.</summary>
public sealed class TrackSessions(
    UserStore users, SessionStore sessions, BrowserSessionStore browsers, RevocationStore revocations,
    EndSignIn end, Database database)
{
    /// <summary>As <see cref="Add"/>, for tokens that came through a browser's session, in a transaction of
    /// its own; nothing in pools that track no sessions.</summary>
    /// <exception cref="ConflictException">The user is gone, or the browser was signed out meanwhile together
    /// with all that came through it.</exception>
    public async Task Begin(
        UserPool pool, AppClient client, User user, TokenOrigin origin, string? originSessionId, Call call)
    {
        if (!pool.Sessions.IsOn) return;
        await database.Write(
            async transaction =>
            {
                await Add(transaction, pool, client, user, origin, call, originSessionId);
                await MustNotBeSignedOut(transaction, pool, originSessionId, call);
                await NoteTokens(transaction, user, origin, call);
            },
            call.Cancelled);
    }

    /// <summary>Adds the session of a new sign-in. A user who has as many as the pool allows loses the one
    /// that was used least recently, its tokens included (doc).</summary>
    /// <param name="originSessionId">The browser's session that it came through; null for the API.</param>
    /// <exception cref="ConflictException">The user is gone.</exception>
    public async Task Add(
        Transaction transaction, UserPool pool, AppClient client, User user, TokenOrigin origin, Call call,
        string? originSessionId = null)
    {
        // One after the other, so that the number holds; and nothing is added to a user who is deleted.
        if (!await users.Hold(transaction, pool.Id, user.Sub, call.Cancelled)) throw new ConflictException();
        var surplus = await sessions.LeastUsed(
            transaction, pool.Id, user.Sub, pool.Sessions.MaxPerUser - 1, call.Now, call.Cancelled);
        foreach (var session in surplus) await end.Session(transaction, session, call);
        var use = Use(client, user, origin, call);
        await sessions.Add(
            transaction,
            new()
            {
                PoolId = pool.Id,
                Sub = user.Sub,
                Id = use.Id,
                ClientId = client.Id,
                Family = origin.Family,
                Device = use.Device,
                Address = use.Address,
                CreatedAt = origin.BeganAt,
                ActiveAt = call.Now,
                ExpiresAt = call.Now + client.RefreshTokenLifetime,
                OriginSessionId = originSessionId,
            },
            call.Cancelled);
    }

    /// <summary>Notes a refresh.</summary>
    public async Task Touch(
        Transaction transaction, AppClient client, User user, TokenOrigin origin, Call call)
    {
        await sessions.Touch(transaction, Use(client, user, origin, call), call.Now, call.Cancelled);
        await NoteTokens(transaction, user, origin, call);
    }

    private async Task MustNotBeSignedOut(
        Transaction transaction, UserPool pool, string? browserSessionId, Call call)
    {
        if (browserSessionId is not null
            && await revocations.IsRevoked(transaction, pool.Id, browserSessionId, call.Cancelled))
        {
            throw new ConflictException();
        }
    }

    /// <summary>A browser's session counts as active when its tokens do (doc). Where it was seen stays: an
    /// app may fetch them from elsewhere.</summary>
    private Task NoteTokens(Transaction transaction, User user, TokenOrigin origin, Call call) =>
        browsers.NoteTokens(
            transaction, user.PoolId, user.Sub, SessionId.OfTokens(origin.EventId), call.Now, call.Cancelled);

    private static SessionUse Use(AppClient client, User user, TokenOrigin origin, Call call)
    {
        var context = call.Context?.IsBelieved(client) == true ? call.Context : null;
        return new(
            client.PoolId,
            user.Sub,
            SessionId.OfTokens(origin.EventId),
            DeviceName.OfSession(context?.UserAgent ?? call.UserAgent),
            context?.IpAddress ?? call.Source);
    }
}
