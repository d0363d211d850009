using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Lists the groups of a pool in the order of their names.</summary>
public sealed class ListGroups(PoolStore pools, GroupStore groups, PageToken tokens)
    : IAdminOperation<ListGroupsRequest, ListGroupsResponse>
{
    public async Task<ListGroupsResponse> Execute(ListGroupsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var page = new Listing(nameof(ListGroups), pool.Id, request.Limit, request.NextToken);
        var after = page.Position(tokens, call.Now);
        var found = await groups.List(pool.Id, after, page.Size + 1, call.Cancelled);
        return new()
        {
            Groups = [.. found.Take(page.Size).Select(group => group.Describe())],
            NextToken = page.Next(tokens, found, group => group.Name, call.Now),
        };
    }
}
