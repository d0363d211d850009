using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Deletes a group, with members or without. They are in it no longer, even if a group of the same
/// name is created again.</summary>
public sealed class DeleteGroup(Database database, PoolStore pools, GroupStore groups)
    : IAdminOperation<DeleteGroupRequest, NoContent>
{
    public async Task<NoContent> Execute(DeleteGroupRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var group = await groups.Get(pool.Id, request.GroupName, call.Cancelled);

        await database.Write(
            transaction => groups.Delete(transaction, group, call.Now, call.Cancelled), call.Cancelled);

        return NoContent.Instance;
    }
}
