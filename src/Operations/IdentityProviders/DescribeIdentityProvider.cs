using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Shows an identity provider with its details, client secret included.</summary>
public sealed class DescribeIdentityProvider(
    PoolStore pools, IdentityProviderStore providers, ShowProvider show)
    : IAdminOperation<DescribeIdentityProviderRequest, DescribeIdentityProviderResponse>
{
    /// <inheritdoc />
    public async Task<DescribeIdentityProviderResponse> Execute(
        DescribeIdentityProviderRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var provider = await providers.Get(pool.Id, request.ProviderName, call.Cancelled);
        return new() { IdentityProvider = await show.Of(provider, call) };
    }
}
