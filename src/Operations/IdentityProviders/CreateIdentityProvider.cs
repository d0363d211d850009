using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.IdentityProviders;

/// <summary>Adds an identity provider to a pool, whose app clients may offer it from then on.</summary>
public sealed class CreateIdentityProvider(
    Database database, PoolStore pools, IdentityProviderStore providers, CompleteDetails complete,
    ShowProvider show, RandomSource random)
    : IAdminOperation<CreateIdentityProviderRequest, CreateIdentityProviderResponse>
{
    /// <inheritdoc />
    public async Task<CreateIdentityProviderResponse> Execute(
        CreateIdentityProviderRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var (name, type) = (request.ProviderName, request.ProviderType);
        ProviderRules.CheckName(name, type);
        var settings = new IdentityProviderType
        {
            AttributeMapping = ProviderRules.Mapping(type, request.AttributeMapping, pool),
            IdpIdentifiers = ProviderRules.Identifiers(request.IdpIdentifiers),
            AcrMapping = ProviderRules.Acr(type, request.AcrMapping),
        };
        // Asked before anybody is called; what decides is the unique key at the write.
        if (await providers.Find(pool.Id, name, call.Cancelled) is not null)
            throw FederationRefusals.Exists(name);
        var details = await complete.Of(type, request.ProviderDetails, call);

        var provider = new IdentityProvider
        {
            PoolId = pool.Id,
            Id = random.Id(),
            Name = name,
            Type = type,
            Settings = settings with { ProviderDetails = details.All },
            Issuer = details.Issuer,
            Certificates = details.Certificates,
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
        await database.Write(transaction => Store(transaction, pool, provider, call), call.Cancelled);
        return new() { IdentityProvider = await show.Of(provider, call) };
    }

    private async Task Store(Transaction transaction, UserPool pool, IdentityProvider provider, Call call)
    {
        // Either way nobody else adds one to the pool meanwhile, so that counting is enough.
        if (ProviderRules.WithIdentities(pool) is { } first)
            await pools.Update(transaction, first, call.Cancelled);
        else if (!await pools.Hold(transaction, pool.Id, call.Cancelled))
            throw Reject.PoolNotFound(pool.Id);
        if (!await providers.Insert(transaction, provider, call.Cancelled))
            throw FederationRefusals.Exists(provider.Name);
        if (await providers.Identified(transaction, provider, call.Cancelled) is { } taken)
            throw FederationRefusals.DuplicateIdentifier(taken);
        if (await providers.Count(transaction, pool.Id, call.Cancelled) > IdentityProvider.MaxProviders)
            throw PoolRefusals.TooMany("identity providers", IdentityProvider.MaxProviders);
    }
}
