using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Finds the session of a user that somebody names.</summary>
public sealed class FindSession(SessionStore sessions)
{
    /// <summary>The session.</summary>
    /// <exception cref="ApiException">OperationNotEnabledException: the pool tracks none.
    /// ResourceNotFoundException: the user has no such session, or none that is still good.</exception>
    public async Task<UserSession> Of(UserPool pool, User user, string id, Call call)
    {
        pool.MustTrackSessions();
        var session = await sessions.Find(pool.Id, user.Sub, id, call.Now, call.Cancelled);
        return session is null || SignInGate.IsSignedOut(user, session.CreatedAt)
            ? throw SessionRefusals.NotFound()
            : session;
    }
}
