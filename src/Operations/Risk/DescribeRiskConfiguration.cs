using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Risk;

/// <summary>Shows what is to happen when something risky is seen: for a client without a configuration of its
/// own that of the pool, which is in force for it; the ids alone where nothing is set.</summary>
public sealed class DescribeRiskConfiguration(
    WatchedPools pools, ClientStore clients, RiskConfigurationStore configurations)
    : IAdminOperation<DescribeRiskConfigurationRequest, DescribeRiskConfigurationResponse>
{
    public async Task<DescribeRiskConfigurationResponse> Execute(
        DescribeRiskConfigurationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        if (request.ClientId is { } id) await clients.Get(pool.Id, id, call.Cancelled);
        var inForce = await configurations.Of(
            pool.Id, request.ClientId, call.Replica?.Region, call.Cancelled);
        return new() { RiskConfiguration = inForce.Settings };
    }
}
