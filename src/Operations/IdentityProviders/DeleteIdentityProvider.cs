using Lifeguard.Contract;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>
/// Deletes an identity provider. Users stay, and tell the identities they had; app clients go on naming it,
/// and cannot be updated until they no longer do (observed). One of the same name opens the linked accounts
/// again only where it speaks for the same party; until then what was made by the provider is not good, see
/// <see cref="Flows.WaysIn"/>.
/// </summary>
public sealed class DeleteIdentityProvider(
    Database database, PoolStore pools, IdentityProviderStore providers)
    : IAdminOperation<DeleteIdentityProviderRequest, NoContent>
{
    /// <inheritdoc />
    public async Task<NoContent> Execute(DeleteIdentityProviderRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var provider = await providers.Get(pool.Id, request.ProviderName, call.Cancelled);
        await database.Write(
            async transaction =>
            {
                if (!await providers.Delete(transaction, provider, call.Now, call.Cancelled))
                    throw FederationRefusals.NotFound(provider.Name);
            },
            call.Cancelled);
        return NoContent.Instance;
    }
}
