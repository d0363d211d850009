using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>Deletes a user for good, with aliases and codes. The name is free again; the <c>sub</c> never
/// returns. The user need not be disabled first.</summary>
public sealed class AdminDeleteUser(Database database, PoolStore pools, ResolveUser resolve, UserStore users)
    : IAdminOperation<AdminDeleteUserRequest, NoContent>
{
    public async Task<NoContent> Execute(AdminDeleteUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        await database.Write(transaction => users.Delete(transaction, user, call.Cancelled), call.Cancelled);
        return NoContent.Instance;
    }
}
