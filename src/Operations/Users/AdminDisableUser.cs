using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>Keeps a user from signing in and revokes all tokens issued so far. The status stays as it is.
/// Repeating it is allowed.</summary>
public sealed class AdminDisableUser(Database database, PoolStore pools, ResolveUser resolve, UserStore users)
    : IAdminOperation<AdminDisableUserRequest, AdminDisableUserResponse>
{
    public async Task<AdminDisableUserResponse> Execute(AdminDisableUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var changed = user.Disable(call.Now);
        await database.Write(
            transaction => users.Update(transaction, changed, pool, call.Cancelled), call.Cancelled);
        return new();
    }
}
