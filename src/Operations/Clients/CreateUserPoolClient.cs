using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>Creates an app client in a user pool, with a secret where one is asked for or given.</summary>
public sealed class CreateUserPoolClient(
    Database database, PoolStore pools, ClientStore clients, ResourceServerStore servers,
    IdentityProviderStore providers, RandomSource random)
    : IAdminOperation<CreateUserPoolClientRequest, CreateUserPoolClientResponse>
{
    /// <inheritdoc />
    public async Task<CreateUserPoolClientResponse> Execute(CreateUserPoolClientRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var id = random.LowerAlphanumeric(26);
        var secrets = ClientSecrets.ForNew(
            id, request.GenerateSecret ?? false, request.ClientSecret, random, call.Now);
        var offer = PoolOffer.Of(
            pool,
            await servers.Of(pool.Id, call.Cancelled),
            await providers.Names(pool.Id, call.Cancelled));
        var settings = ClientRules.New(GivenClient.Of(request), offer, secrets.Count > 0);
        var client = AppClient.New(pool.Id, id, settings, secrets, call.Now);
        await database.Write(
            async transaction =>
            {
                if (!await pools.Hold(transaction, pool.Id, call.Cancelled))
                    throw Reject.PoolNotFound(pool.Id);
                await clients.Insert(transaction, client, call.Cancelled);
                if (await clients.Count(transaction, pool.Id, call.Cancelled) > ClientRules.MaxClients)
                    throw PoolRefusals.TooMany("app clients", ClientRules.MaxClients);
            },
            call.Cancelled);

        return new() { UserPoolClient = client.Describe() };
    }
}
