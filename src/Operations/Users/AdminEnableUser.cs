using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>Lets a disabled user sign in again. Tokens that disabling
/// revoked stay revoked. Repeating it is allowed.</summary>
public sealed class AdminEnableUser(Database database, PoolStore pools, ResolveUser resolve, UserStore users)
    : IAdminOperation<AdminEnableUserRequest, AdminEnableUserResponse>
{
    public async Task<AdminEnableUserResponse> Execute(AdminEnableUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var changed = user.Enable(call.Now);
        await database.Write(
            transaction => users.Update(transaction, changed, pool, call.Cancelled), call.Cancelled);
        return new();
    }
}
