using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Groups;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Risk;

/// <summary>Lists what a user did to get in, or somebody in the user's name, newest first.</summary>
public sealed class AdminListUserAuthEvents(
    WatchedPools pools, ResolveUser resolve, AuthEventStore events, PageToken tokens)
    : IAdminOperation<AdminListUserAuthEventsRequest, AdminListUserAuthEventsResponse>
{
    public async Task<AdminListUserAuthEventsResponse> Execute(
        AdminListUserAuthEventsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var listing = new Listing(
            nameof(AdminListUserAuthEvents), $"{pool.Id}\0{user.Sub}", request.MaxResults, request.NextToken);
        var before = listing.Position(tokens, call.Now);
        var found = await events.List(pool.Id, user.Sub, before, listing.Size + 1, call.Cancelled);
        return new()
        {
            AuthEvents = [.. found.Take(listing.Size).Select(each => each.Describe())],
            NextToken = listing.Next(tokens, found, each => each.Id, call.Now),
        };
    }
}
