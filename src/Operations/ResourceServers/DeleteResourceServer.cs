using Lifeguard.Contract;
using Lifeguard.Domain.ResourceServers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.ResourceServers;

/// <summary>Deletes a resource server. Its scopes go on standing in app clients, but no token holds them any
/// more.</summary>
public sealed class DeleteResourceServer(Database database, PoolStore pools, ResourceServerStore servers)
    : IAdminOperation<DeleteResourceServerRequest, NoContent>
{
    public async Task<NoContent> Execute(DeleteResourceServerRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        await database.Write(
            async transaction =>
            {
                if (!await servers.Delete(transaction, pool.Id, request.Identifier, call.Cancelled))
                    throw ResourceServer.NotFound(request.Identifier);
            },
            call.Cancelled);
        return NoContent.Instance;
    }
}
