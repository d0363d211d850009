using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Changes description, role or precedence of a group; what the request leaves out stays. Tokens
/// show it from the next sign-in or refresh on.</summary>
public sealed class UpdateGroup(Database database, PoolStore pools, GroupStore groups)
    : IAdminOperation<UpdateGroupRequest, UpdateGroupResponse>
{
    public async Task<UpdateGroupResponse> Execute(UpdateGroupRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var group = await groups.Get(pool.Id, request.GroupName, call.Cancelled);
        var changed = group.Change(request.Description, request.RoleArn, request.Precedence, call.Now);

        await database.Write(
            transaction => groups.Update(transaction, changed, call.Cancelled), call.Cancelled);

        return new() { Group = changed.Describe() };
    }
}
