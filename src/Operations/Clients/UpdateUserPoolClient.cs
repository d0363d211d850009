using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>
/// Replaces the configuration of an app client: what the request leaves out goes back to its default, but
/// for the name. Secrets stay.
/// </summary>
public sealed class UpdateUserPoolClient(
    Database database, PoolStore pools, ClientStore clients, ResourceServerStore servers,
    IdentityProviderStore providers)
    : IAdminOperation<UpdateUserPoolClientRequest, UpdateUserPoolClientResponse>
{
    /// <inheritdoc />
    public async Task<UpdateUserPoolClientResponse> Execute(UpdateUserPoolClientRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var offer = PoolOffer.Of(
            pool,
            await servers.Of(pool.Id, call.Cancelled),
            await providers.Names(pool.Id, call.Cancelled));
        var changed = client with
        {
            Settings = ClientRules.Changed(
                client.Settings, GivenClient.Of(request), offer, client.IsConfidential),
            ModifiedAt = call.Now,
        };

        try
        {
            await database.Write(
                transaction => clients.Update(transaction, changed, call.Cancelled), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller replaces the whole configuration and has to look at what the other one wrote.
            throw Reject.ConcurrentModification("user pool client");
        }

        return new() { UserPoolClient = changed.Describe() };
    }
}
