using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Lists the users in a group in pages, each of which costs the same in a group of any size; nobody
/// appears twice in a chain of pages.</summary>
public sealed class ListUsersInGroup(PoolStore pools, GroupStore groups, PageToken tokens)
    : IAdminOperation<ListUsersInGroupRequest, ListUsersInGroupResponse>
{
    public async Task<ListUsersInGroupResponse> Execute(ListUsersInGroupRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var group = await groups.Get(pool.Id, request.GroupName, call.Cancelled);
        var page = new Listing(
            nameof(ListUsersInGroup), $"{pool.Id}\0{group.Name}", request.Limit, request.NextToken);
        var after = page.Position(tokens, call.Now);
        var found = await groups.ListMembers(group, after, page.Size + 1, call.Cancelled);
        return new()
        {
            Users = [.. found.Take(page.Size).Select(user => UserView.Of(user))],
            NextToken = page.Next(tokens, found, user => user.Sub, call.Now),
        };
    }
}
