using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Logs;

/// <summary>
/// Says where the logs of a pool go, in place of what was said before; an empty list ends their delivery. In
/// the region of a replica it says so of what happens there: logs go to destinations of their own region (doc),
/// so the pool's would be no use to it.
/// </summary>
public sealed class SetLogDeliveryConfiguration(
    Database database, PoolStore pools, ReplicaStore replicas, LogDeliveryStore deliveries)
    : IAdminOperation<SetLogDeliveryConfigurationRequest, SetLogDeliveryConfigurationResponse>
{
    public async Task<SetLogDeliveryConfigurationResponse> Execute(
        SetLogDeliveryConfigurationRequest request, Call call)
    {
        LogRules.Check(request.LogConfigurations);
        var pool = call.Seen(await pools.Get(request.UserPoolId, call.Cancelled));
        LogRules.CheckFor(pool, request.LogConfigurations);
        var delivery = new LogDelivery(new LogDeliveryConfigurationType
        {
            UserPoolId = pool.Id,
            LogConfigurations = request.LogConfigurations,
        });
        await database.Write(
            transaction => call.Replica is { } replica
                ? replicas.Update(transaction, replica with { Logs = delivery }, call.Cancelled)
                : deliveries.Set(transaction, delivery, call.Now, call.Cancelled),
            call.Cancelled);
        return new() { LogDeliveryConfiguration = delivery.Settings };
    }
}
