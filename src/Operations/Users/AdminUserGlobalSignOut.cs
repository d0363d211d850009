using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>Signs a user out everywhere: no token of an earlier sign-in is good any more. Repeating it is
/// allowed.</summary>
public sealed class AdminUserGlobalSignOut(PoolStore pools, ResolveUser resolve, EndSignIn end)
    : IAdminOperation<AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse>
{
    public async Task<AdminUserGlobalSignOutResponse> Execute(
        AdminUserGlobalSignOutRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        await end.All(pool, user, call);
        return new();
    }
}
