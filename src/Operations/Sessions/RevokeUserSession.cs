using Lifeguard.Contract;
using Lifeguard.Domain.Sessions;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Sessions;

/// <summary>Ends another session of the caller: its access and refresh tokens are revoked. The caller's own
/// is not ended this way (doc).</summary>
public sealed class RevokeUserSession(FindSession find, EndSignIn end)
    : IUserOperation<RevokeUserSessionRequest, RevokeUserSessionResponse>
{
    public async Task<RevokeUserSessionResponse> Execute(
        RevokeUserSessionRequest request, SignedInUser user, Call call)
    {
        SessionRules.CheckAssociated(request.RevokeAssociatedSessions);
        var session = await find.Of(user.Pool, user.User, request.SessionId, call);
        if (session.Id == UserSession.IdOf(user.Origin.EventId)) throw SessionRefusals.Current();
        await end.Session(session, call);
        return new();
    }
}
