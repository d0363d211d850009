using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Logs;

/// <summary>Shows where the logs of a pool, in the region of the call, go; an empty list where they go nowhere
/// (observed).</summary>
public sealed class GetLogDeliveryConfiguration(PoolStore pools, LogDeliveryStore deliveries)
    : IAdminOperation<GetLogDeliveryConfigurationRequest, GetLogDeliveryConfigurationResponse>
{
    public async Task<GetLogDeliveryConfigurationResponse> Execute(
        GetLogDeliveryConfigurationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var delivery = call.Replica?.Logs ?? await deliveries.Of(pool.Id, call.Cancelled);
        return new() { LogDeliveryConfiguration = delivery.Settings };
    }
}
