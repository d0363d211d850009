using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>Deletes a secret of an app client, but not the last one; it authenticates nobody from then
/// on.</summary>
public sealed class DeleteUserPoolClientSecret(Database database, PoolStore pools, ClientStore clients)
    : IAdminOperation<DeleteUserPoolClientSecretRequest, DeleteUserPoolClientSecretResponse>
{
    /// <inheritdoc />
    public async Task<DeleteUserPoolClientSecretResponse> Execute(
        DeleteUserPoolClientSecretRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var changed = client.WithoutSecret(request.ClientSecretId, call.Now);

        await database.Write(
            transaction => clients.Update(transaction, changed, call.Cancelled), call.Cancelled);

        return new();
    }
}
