using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>Deletes an app client. Tokens it was given stay valid for those who only check
/// signatures.</summary>
public sealed class DeleteUserPoolClient(
    Database database, PoolStore pools, ClientStore clients, RiskConfigurationStore risks)
    : IAdminOperation<DeleteUserPoolClientRequest, NoContent>
{
    /// <inheritdoc />
    public async Task<NoContent> Execute(DeleteUserPoolClientRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);

        await database.Write(
            async transaction =>
            {
                await clients.Delete(transaction, client, call.Cancelled);
                await risks.Remove(transaction, pool.Id, client.Id, call.Cancelled);
            },
            call.Cancelled);

        return NoContent.Instance;
    }
}
