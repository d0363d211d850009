using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.ResourceServers;

/// <summary>Shows a resource server with its scopes.</summary>
public sealed class DescribeResourceServer(PoolStore pools, ResourceServerStore servers)
    : IAdminOperation<DescribeResourceServerRequest, DescribeResourceServerResponse>
{
    public async Task<DescribeResourceServerResponse> Execute(
        DescribeResourceServerRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var server = await servers.Get(pool.Id, request.Identifier, call.Cancelled);
        return new() { ResourceServer = server.Describe() };
    }
}
