using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Shows the configuration of a user pool and an estimate of its users.</summary>
public sealed class DescribeUserPool(PoolStore pools, UserStore users, Deployment deployment)
    : IAdminOperation<DescribeUserPoolRequest, DescribeUserPoolResponse>
{
    /// <inheritdoc />
    public async Task<DescribeUserPoolResponse> Execute(DescribeUserPoolRequest request, Call call)
    {
        var pool = call.Seen(await pools.Get(request.UserPoolId, call.Cancelled));
        var estimate = await users.EstimatedCount(pool.Id, call.Cancelled);
        return new() { UserPool = pool.Describe(deployment, (int)Math.Min(estimate, int.MaxValue)) };
    }
}
