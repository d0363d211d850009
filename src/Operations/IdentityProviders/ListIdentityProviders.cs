using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Groups;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Lists the identity providers of a pool in the order of their names.</summary>
public sealed class ListIdentityProviders(PoolStore pools, IdentityProviderStore providers, PageToken tokens)
    : IAdminOperation<ListIdentityProvidersRequest, ListIdentityProvidersResponse>
{
    /// <inheritdoc />
    public async Task<ListIdentityProvidersResponse> Execute(ListIdentityProvidersRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var page = new Listing(
            nameof(ListIdentityProviders), pool.Id, request.MaxResults, request.NextToken);
        var after = page.Position(tokens, call.Now);
        var found = await providers.List(pool.Id, after, page.Size + 1, call.Cancelled);
        return new()
        {
            Providers = [.. found.Take(page.Size)],
            NextToken = page.Next(tokens, found, provider => provider.ProviderName!, call.Now),
        };
    }
}
