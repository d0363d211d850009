using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Takes a user out of a group; tokens show it from the next sign-in or refresh on. A user who is
/// not in the group is left alone.</summary>
public sealed class AdminRemoveUserFromGroup(
    Database database, PoolStore pools, ResolveUser resolve, GroupStore groups)
    : IAdminOperation<AdminRemoveUserFromGroupRequest, NoContent>
{
    public async Task<NoContent> Execute(AdminRemoveUserFromGroupRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var group = await groups.Get(pool.Id, request.GroupName, call.Cancelled);

        await database.Write(
            transaction => groups.RemoveMember(transaction, group, user.Sub, call.Cancelled),
            call.Cancelled);

        return NoContent.Instance;
    }
}
