using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>Shows the configuration of an app client, its first secret in clear.</summary>
public sealed class DescribeUserPoolClient(PoolStore pools, ClientStore clients)
    : IAdminOperation<DescribeUserPoolClientRequest, DescribeUserPoolClientResponse>
{
    /// <inheritdoc />
    public async Task<DescribeUserPoolClientResponse> Execute(
        DescribeUserPoolClientRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        return new() { UserPoolClient = client.Describe() };
    }
}
