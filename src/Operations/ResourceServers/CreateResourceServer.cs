using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.ResourceServers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.ResourceServers;

/// <summary>Creates a resource server, whose scopes app clients can be allowed from then on.</summary>
public sealed class CreateResourceServer(Database database, PoolStore pools, ResourceServerStore servers)
    : IAdminOperation<CreateResourceServerRequest, CreateResourceServerResponse>
{
    public async Task<CreateResourceServerResponse> Execute(CreateResourceServerRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var server = ResourceServer.Of(pool.Id, request.Identifier, request.Name, request.Scopes);
        await database.Write(
            async transaction =>
            {
                if (!await pools.Hold(transaction, pool.Id, call.Cancelled))
                    throw Reject.PoolNotFound(pool.Id);
                if (!await servers.Insert(transaction, server, call.Cancelled))
                    throw ResourceServer.Exists(pool.Id, server.Identifier);
                if (await servers.Count(transaction, pool.Id, call.Cancelled) > ResourceServer.MaxServers)
                    throw ResourceServer.TooMany();
            },
            call.Cancelled);
        return new() { ResourceServer = server.Describe() };
    }
}
