using Lifeguard.Contract;
using Lifeguard.Domain.Replicas;
using Lifeguard.Domain.Risk;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Risk;

/// <summary>
/// Says what is to happen when something risky is seen, in a pool or for one of its clients. Blocks that the
/// request leaves out stay as they are; a request without any takes everything back. In the region of a
/// replica only who sends the mails can be set.
/// </summary>
public sealed class SetRiskConfiguration(
    Database database, WatchedPools pools, ClientStore clients, RiskConfigurationStore configurations)
    : IAdminOperation<SetRiskConfigurationRequest, SetRiskConfigurationResponse>
{
    public async Task<SetRiskConfigurationResponse> Execute(SetRiskConfigurationRequest request, Call call)
    {
        var given = new RiskConfigurationType
        {
            CompromisedCredentialsRiskConfiguration = request.CompromisedCredentialsRiskConfiguration,
            AccountTakeoverRiskConfiguration = request.AccountTakeoverRiskConfiguration,
            RiskExceptionConfiguration = request.RiskExceptionConfiguration,
        };
        RiskRules.Check(given);
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        if (request.ClientId is { } id) await clients.Get(pool.Id, id, call.Cancelled);
        var stored = await configurations.Own(pool.Id, request.ClientId, call.Cancelled);
        var changed = call.Replica is { } replica
            ? await SetSender(replica, stored, given, call)
            : await Set(stored, given, call);
        return new() { RiskConfiguration = changed.Settings };
    }

    private async Task<RiskConfiguration> Set(
        RiskConfiguration stored, RiskConfigurationType given, Call call)
    {
        if (RiskRules.IsReset(given)) return await Reset(stored, call);
        var changed = stored.With(given, call.Now);
        await database.Write(
            transaction => configurations.Set(transaction, changed, call.Cancelled), call.Cancelled);
        return changed;
    }

    /// <summary>What is in force then: for a client that of the pool.</summary>
    private async Task<RiskConfiguration> Reset(RiskConfiguration stored, Call call)
    {
        var (poolId, clientId) = (stored.PoolId, stored.ClientId);
        await database.Write(
            transaction => configurations.Remove(transaction, poolId, clientId, call.Cancelled),
            call.Cancelled);
        return (await configurations.Own(poolId, null, call.Cancelled)).For(clientId);
    }

    private async Task<RiskConfiguration> SetSender(
        UserPoolReplica replica, RiskConfiguration stored, RiskConfigurationType given, Call call)
    {
        var sender = RiskRules.SenderOfReplica(stored, given);
        if (sender is null) return stored;
        await database.Write(
            transaction => configurations.SetSender(
                transaction, stored, replica.Region, sender, call.Now, call.Cancelled),
            call.Cancelled);
        return stored.SentBy(sender);
    }
}
