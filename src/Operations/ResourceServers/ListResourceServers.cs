using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.ResourceServers;

/// <summary>Lists the resource servers of a pool in the order of their identifiers.</summary>
public sealed class ListResourceServers(PoolStore pools, ResourceServerStore servers, PageToken tokens)
    : IAdminOperation<ListResourceServersRequest, ListResourceServersResponse>
{
    /// <summary>The largest page (doc), and the size of one where none is asked for.</summary>
    private const int LargestPage = 50;

    public async Task<ListResourceServersResponse> Execute(ListResourceServersRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var after = request.NextToken is { } token
            ? tokens.Open(nameof(ListResourceServers), pool.Id, token, call.Now)
            : "";
        var size = request.MaxResults ?? LargestPage;
        var rest = (await servers.Of(pool.Id, call.Cancelled))
            .Where(server => string.CompareOrdinal(server.Identifier, after) > 0)
            .OrderBy(server => server.Identifier, StringComparer.Ordinal)
            .Take(size + 1)
            .ToList();
        return new()
        {
            ResourceServers = [.. rest.Take(size).Select(server => server.Describe())],
            NextToken = rest.Count > size
                ? tokens.Seal(nameof(ListResourceServers), pool.Id, rest[size - 1].Identifier, call.Now)
                : null,
        };
    }
}
