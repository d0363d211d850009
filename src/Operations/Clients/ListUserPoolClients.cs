using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>Lists the app clients of a user pool in the order of their ids.</summary>
public sealed class ListUserPoolClients(PoolStore pools, ClientStore clients, PageToken tokens)
    : IAdminOperation<ListUserPoolClientsRequest, ListUserPoolClientsResponse>
{
    private const int DefaultLimit = 60;

    /// <inheritdoc />
    public async Task<ListUserPoolClientsResponse> Execute(ListUserPoolClientsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var scope = $"{pool.Id}/{request.ClientType}";
        var after = request.NextToken is { } token
            ? tokens.Open(nameof(ListUserPoolClients), scope, token, call.Now)
            : null;
        var limit = request.MaxResults ?? DefaultLimit;
        // One more than asked for tells whether another page follows.
        var found = await clients.List(pool.Id, after, limit + 1, call.Cancelled);
        var page = found.Take(limit).ToList();
        // The filter works within a page, which may come out shorter than asked for, or empty (doc).
        var wanted = page.Where(client => request.ClientType is null || client.Is(request.ClientType));

        return new()
        {
            UserPoolClients = [.. wanted.Select(client => client.Summarize())],
            NextToken = found.Count > limit
                ? tokens.Seal(nameof(ListUserPoolClients), scope, page[^1].Id, call.Now)
                : null,
        };
    }
}
