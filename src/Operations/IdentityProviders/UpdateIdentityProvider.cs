using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Replaces details, mappings and identifiers of an identity provider, each where it is given. Name
/// and type stay, and so do the identities that are linked through it.</summary>
public sealed class UpdateIdentityProvider(
    Database database, PoolStore pools, IdentityProviderStore providers, CompleteDetails complete,
    ShowProvider show)
    : IAdminOperation<UpdateIdentityProviderRequest, UpdateIdentityProviderResponse>
{
    /// <inheritdoc />
    public async Task<UpdateIdentityProviderResponse> Execute(
        UpdateIdentityProviderRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var provider = await providers.Get(pool.Id, request.ProviderName, call.Cancelled);
        var changed = provider with { Settings = Changed(provider, request, pool), ModifiedAt = call.Now };
        if (request.ProviderDetails is { } given)
        {
            var details = await complete.Of(provider.Type, given, call);
            changed = changed with
            {
                Settings = changed.Settings with { ProviderDetails = details.All },
                Issuer = details.Issuer,
                Certificates = details.Certificates,
            };
        }

        try
        {
            await database.Write(transaction => Store(transaction, changed, call), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller replaces what is there and has to look at what the other one wrote.
            throw Reject.ConcurrentModification("identity provider");
        }

        return new() { IdentityProvider = await show.Of(changed, call) };
    }

    private static IdentityProviderType Changed(
        IdentityProvider provider, UpdateIdentityProviderRequest request, UserPool pool) =>
        provider.Settings with
        {
            AttributeMapping = request.AttributeMapping is { } mapping
                ? ProviderRules.Mapping(provider.Type, mapping, pool)
                : provider.Settings.AttributeMapping,
            IdpIdentifiers = request.IdpIdentifiers is { } identifiers
                ? ProviderRules.Identifiers(identifiers)
                : provider.Settings.IdpIdentifiers,
            AcrMapping = request.AcrMapping is { } acr
                ? ProviderRules.Acr(provider.Type, acr)
                : provider.Settings.AcrMapping,
        };

    private async Task Store(Transaction transaction, IdentityProvider changed, Call call)
    {
        await providers.Update(transaction, changed, call.Cancelled);
        if (await providers.Identified(transaction, changed, call.Cancelled) is { } taken)
            throw FederationRefusals.IdentifierOfAnother(taken);
    }
}
