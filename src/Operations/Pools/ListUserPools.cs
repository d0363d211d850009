using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Lists the user pools of the region in the order of their ids.</summary>
public sealed class ListUserPools(PoolStore pools, ReplicaStore replicas, PageToken tokens)
    : IAdminOperation<ListUserPoolsRequest, ListUserPoolsResponse>
{
    /// <inheritdoc />
    public async Task<ListUserPoolsResponse> Execute(ListUserPoolsRequest request, Call call)
    {
        // All pools of the region: there is nothing else to choose by.
        var scope = call.Region?.Name ?? "";
        var after = request.NextToken is { } token
            ? tokens.Open(nameof(ListUserPools), scope, token, call.Now)
            : null;
        var limit = request.MaxResults!.Value;
        // One more than asked for tells whether another page follows.
        var found = call.Region is { } region
            ? await Replicated(region.Name, after, limit + 1, call)
            : await pools.List(after, limit + 1, call.Cancelled);
        var page = found.Take(limit).ToList();
        var regions = page.Count == 0
            ? null
            : await replicas.Regions(page[0].Id, page[^1].Id, call.Cancelled);

        return new()
        {
            UserPools = [.. page.Select(pool => pool.Summarize([.. regions![pool.Id]]))],
            NextToken = found.Count > limit
                ? tokens.Seal(nameof(ListUserPools), scope, page[^1].Id, call.Now)
                : null,
        };
    }

    /// <summary>Another region has those pools that are replicated into it.</summary>
    private async Task<IReadOnlyList<UserPool>> Replicated(
        string region, string? after, int limit, Call call)
    {
        var seen = new List<UserPool>();
        foreach (var id in await replicas.PoolsIn(region, after, limit, call.Cancelled))
        {
            // One of them may have been deleted a moment ago.
            if (await pools.Find(id, call.Cancelled) is not { } pool) continue;
            var there = await replicas.Of(id, call.Cancelled);
            var replica = there.FirstOrDefault(each => each.Region == region);
            seen.Add(replica?.ViewOf(pool) ?? pool);
        }

        return seen;
    }
}
