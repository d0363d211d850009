using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Lists user pools in the order of their ids.</summary>
public sealed class ListUserPools(PoolStore pools, PageToken tokens)
    : IAdminOperation<ListUserPoolsRequest, ListUserPoolsResponse>
{
    // All pools: there is nothing to choose by.
    private const string Scope = "";

    /// <inheritdoc />
    public async Task<ListUserPoolsResponse> Execute(ListUserPoolsRequest request, Call call)
    {
        var after = request.NextToken is { } token
            ? tokens.Open(nameof(ListUserPools), Scope, token, call.Now)
            : null;
        var limit = request.MaxResults!.Value;
        // One more than asked for tells whether another page follows.
        var found = await pools.List(after, limit + 1, call.Cancelled);
        var page = found.Take(limit).ToList();

        return new()
        {
            UserPools = [.. page.Select(pool => pool.Summarize())],
            NextToken = found.Count > limit
                ? tokens.Seal(nameof(ListUserPools), Scope, page[^1].Id, call.Now)
                : null,
        };
    }
}
