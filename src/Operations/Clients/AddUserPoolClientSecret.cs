using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>Gives an app client a second secret, so that the first can be replaced without a pause: both
/// authenticate. Only a secret that was made up here is shown, and only in this answer.</summary>
public sealed class AddUserPoolClientSecret(
    Database database, PoolStore pools, ClientStore clients, RandomSource random)
    : IAdminOperation<AddUserPoolClientSecretRequest, AddUserPoolClientSecretResponse>
{
    /// <inheritdoc />
    public async Task<AddUserPoolClientSecretResponse> Execute(
        AddUserPoolClientSecretRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var changed = client.WithSecret(request.ClientSecret, random, call.Now);

        await database.Write(
            transaction => clients.Update(transaction, changed, call.Cancelled), call.Cancelled);

        var added = changed.Secrets[^1];
        return new()
        {
            ClientSecretDescriptor = added.Describe() with
            {
                ClientSecretValue = request.ClientSecret is null ? added.Value : null,
            },
        };
    }
}
