using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Ends a session of a user: its access and refresh tokens are revoked.</summary>
public sealed class AdminRevokeUserSession(
    PoolStore pools, ResolveUser resolve, FindSession find, EndSignIn end)
    : IAdminOperation<AdminRevokeUserSessionRequest, AdminRevokeUserSessionResponse>
{
    public async Task<AdminRevokeUserSessionResponse> Execute(
        AdminRevokeUserSessionRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        await end.Session(await find.Of(pool, user, request.SessionId, call), call);
        return new();
    }
}
