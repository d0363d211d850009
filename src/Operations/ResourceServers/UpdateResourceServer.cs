using Lifeguard.Contract;
using Lifeguard.Domain.ResourceServers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.ResourceServers;

/// <summary>Replaces name and scopes of a resource server. A scope that is left out goes on standing in app
/// clients, and comes to life again when it is brought back; until then no token holds it (doc).</summary>
public sealed class UpdateResourceServer(Database database, PoolStore pools, ResourceServerStore servers)
    : IAdminOperation<UpdateResourceServerRequest, UpdateResourceServerResponse>
{
    public async Task<UpdateResourceServerResponse> Execute(UpdateResourceServerRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var server = ResourceServer.Of(pool.Id, request.Identifier, request.Name, request.Scopes);
        await database.Write(
            async transaction =>
            {
                if (!await servers.Update(transaction, server, call.Cancelled))
                    throw ResourceServer.NotFound(server.Identifier);
            },
            call.Cancelled);
        return new() { ResourceServer = server.Describe() };
    }
}
