using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Lists the groups that a user is in, in the order of their names.</summary>
public sealed class AdminListGroupsForUser(
    PoolStore pools, ResolveUser resolve, GroupStore groups, PageToken tokens)
    : IAdminOperation<AdminListGroupsForUserRequest, AdminListGroupsForUserResponse>
{
    public async Task<AdminListGroupsForUserResponse> Execute(
        AdminListGroupsForUserRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var page = new Listing(
            nameof(AdminListGroupsForUser), $"{pool.Id}\0{user.Sub}", request.Limit, request.NextToken);
        var after = page.Position(tokens, call.Now);
        var found = await groups.ListOfUser(pool.Id, user.Sub, after, page.Size + 1, call.Cancelled);
        return new()
        {
            Groups = [.. found.Take(page.Size).Select(group => group.Describe())],
            NextToken = page.Next(tokens, found, group => group.Name, call.Now),
        };
    }
}
