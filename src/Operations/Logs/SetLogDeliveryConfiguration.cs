using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Logs;

/// <summary>Says where the logs of a pool go, in place of what was said before; an empty list ends their
/// delivery.</summary>
public sealed class SetLogDeliveryConfiguration(
    Database database, PoolStore pools, LogDeliveryStore deliveries)
    : IAdminOperation<SetLogDeliveryConfigurationRequest, SetLogDeliveryConfigurationResponse>
{
    public async Task<SetLogDeliveryConfigurationResponse> Execute(
        SetLogDeliveryConfigurationRequest request, Call call)
    {
        LogRules.Check(request.LogConfigurations);
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        LogRules.CheckFor(pool, request.LogConfigurations);
        var delivery = new LogDelivery(new LogDeliveryConfigurationType
        {
            UserPoolId = pool.Id,
            LogConfigurations = request.LogConfigurations,
        });
        await database.Write(
            transaction => deliveries.Set(transaction, delivery, call.Now, call.Cancelled), call.Cancelled);
        return new() { LogDeliveryConfiguration = delivery.Settings };
    }
}
