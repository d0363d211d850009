using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Shows one group.</summary>
public sealed class GetGroup(PoolStore pools, GroupStore groups)
    : IAdminOperation<GetGroupRequest, GetGroupResponse>
{
    public async Task<GetGroupResponse> Execute(GetGroupRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var group = await groups.Get(pool.Id, request.GroupName, call.Cancelled);
        return new() { Group = group.Describe() };
    }
}
