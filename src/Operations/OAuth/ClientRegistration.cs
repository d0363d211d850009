using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Limits;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Dynamic client registration (RFC 7591): an app makes itself known to a pool that lets it, with a
/// token or without one (doc).</summary>
public sealed class ClientRegistration(
    RegistrationTokens tokens, PoolStore pools, ClientStore clients, ResourceServerStore servers,
    IdentityProviderStore providers, RateLimits rates, RandomSource random, Database database)
{
    private const string PoolIsFull = "The pool has all the app clients that it may have.";

    /// <summary>The new client, and what it was registered with.</summary>
    /// <param name="token">The access token; null for none.</param>
    /// <param name="given">Reads the metadata, once it is known that they matter.</param>
    /// <exception cref="OAuthException">invalid_token, insufficient_scope, access_denied,
    /// invalid_redirect_uri, invalid_client_metadata.</exception>
    public async Task<(AppClient Client, AppMetadata Metadata)> Register(
        UserPool pool, string? token, Func<Task<AppMetadata>> given, Call call)
    {
        if (!DynamicClients.AreOn(pool)) throw OAuthRefusals.NoRegistration();
        await rates.Enter(RateCategory.UserPoolClientUpdate, call.Now, call.Cancelled);
        await MustBeAdmitted(pool, token, call);
        var rules = pool.Settings.DcrConfiguration!;
        var flows = DynamicClients.Flows(rules, isOpen: token is null);
        if (flows.Count == 0) throw OAuthRefusals.RegistrationDenied("No grant types may be registered.");
        try
        {
            var offer = PoolOffer.Of(
                pool,
                await servers.Of(pool.Id, call.Cancelled),
                await providers.Names(pool.Id, call.Cancelled));
            var metadata = DynamicClients.Completed(await given(), rules, offer, flows);
            return (await Create(pool, metadata, offer, call), metadata);
        }
        catch (RegistrationException refusal)
        {
            throw new OAuthException(refusal.Error, refusal.Description);
        }
        catch (ApiException refusal)
        {
            throw new OAuthException("invalid_client_metadata", refusal.Text);
        }
    }

    private async Task MustBeAdmitted(UserPool pool, string? token, Call call)
    {
        if (token is not null)
            await tokens.Admit(pool, token, call);
        else if (pool.Settings.DcrConfiguration!.OpenDcrEnabled != true)
            throw OAuthRefusals.ByStandard(OAuthRefusals.InvalidRequest());
    }

    private async Task<AppClient> Create(UserPool pool, AppMetadata metadata, PoolOffer offer, Call call)
    {
        var id = random.LowerAlphanumeric(26);
        var hasSecret = metadata.AuthenticationMethod != DynamicClients.Public;
        var secrets = ClientSecrets.ForNew(id, hasSecret, own: null, random, call.Now);
        var settings = ClientRules.Registered(
            DynamicClients.Settings(metadata, id, offer), offer, hasSecret);
        var client = AppClient.New(pool.Id, id, settings, secrets, call.Now);
        await database.Write(
            async transaction =>
            {
                if (!await pools.Hold(transaction, pool.Id, call.Cancelled))
                    throw Reject.PoolNotFound(pool.Id);
                await clients.Insert(transaction, client, call.Cancelled);
                if (await clients.Count(transaction, pool.Id, call.Cancelled) > ClientRules.MaxClients)
                    throw OAuthRefusals.RegistrationDenied(PoolIsFull);
            },
            call.Cancelled);
        return client;
    }
}
