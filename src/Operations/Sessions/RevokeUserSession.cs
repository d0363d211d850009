using Lifeguard.Contract;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Operations.Sessions;

/// <summary>Ends another session of the caller: its access and refresh tokens are revoked, or the browser is
/// signed out. The caller's own is not ended this way (doc), but as one that is linked to the browser's it
/// is.</summary>
public sealed class RevokeUserSession(RevokeSession sessions)
    : IUserOperation<RevokeUserSessionRequest, RevokeUserSessionResponse>
{
    public async Task<RevokeUserSessionResponse> Execute(
        RevokeUserSessionRequest request, SignedInUser user, Call call)
    {
        user.Pool.MustTrackSessions();
        if (request.SessionId == SessionId.OfTokens(user.Origin.EventId)) throw SessionRefusals.Current();
        await sessions.Revoke(
            user.Pool, user.User, request.SessionId, request.RevokeAssociatedSessions, call);
        return new();
    }
}
