using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Ends a session of a user: its access and refresh tokens are revoked, or the browser is signed
/// out.</summary>
public sealed class AdminRevokeUserSession(
    PoolStore pools, ResolveUser resolve, RevokeSession sessions)
    : IAdminOperation<AdminRevokeUserSessionRequest, AdminRevokeUserSessionResponse>
{
    public async Task<AdminRevokeUserSessionResponse> Execute(
        AdminRevokeUserSessionRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        await sessions.Revoke(pool, user, request.SessionId, request.RevokeAssociatedSessions, call);
        return new();
    }
}
