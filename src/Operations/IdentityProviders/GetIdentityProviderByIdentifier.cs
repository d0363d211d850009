using Lifeguard.Contract;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Shows the identity provider that has an identifier, such as the domain of e-mail
/// addresses.</summary>
public sealed class GetIdentityProviderByIdentifier(
    PoolStore pools, IdentityProviderStore providers, ShowProvider show)
    : IAdminOperation<GetIdentityProviderByIdentifierRequest, GetIdentityProviderByIdentifierResponse>
{
    /// <inheritdoc />
    public async Task<GetIdentityProviderByIdentifierResponse> Execute(
        GetIdentityProviderByIdentifierRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var provider = await providers.FindByIdentifier(pool.Id, request.IdpIdentifier, call.Cancelled)
            ?? throw FederationRefusals.NoIdentifier(request.IdpIdentifier);
        return new() { IdentityProvider = await show.Of(provider, call) };
    }
}
