using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Domains;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Replicas;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>
/// Replaces the configuration of a user pool: what the request leaves out goes back to its default, but for
/// what <see cref="UpdateRules"/> names. In the region of a replica it replaces what that region has of its
/// own.
/// </summary>
public sealed class UpdateUserPool(
    Database database, PoolStore pools, ClientStore clients, ReplicaStore replicas,
    LogDeliveryStore deliveries, DomainStore domains, ImportGate imports)
    : IAdminOperation<UpdateUserPoolRequest, UpdateUserPoolResponse>
{
    /// <inheritdoc />
    public async Task<UpdateUserPoolResponse> Execute(UpdateUserPoolRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        await imports.MustBeIdle(pool, call);
        var given = GivenPool.Of(request);
        try
        {
            if (call.Replica is { } replica) await Change(replica, pool, given, call);
            else await Change(pool, given, call);
        }
        catch (ConflictException)
        {
            // The caller replaces the whole configuration and has to look at what the other one wrote.
            throw Reject.ConcurrentModification("user pool");
        }

        return new();
    }

    private async Task Change(UserPool pool, UserPoolType given, Call call)
    {
        var use = PoolRules.NeedsUse(pool.Settings, given) ? await UseOf(pool, call) : PoolUse.None;
        var changed = pool with
        {
            Settings = PoolRules.Changed(pool.Settings, given, pool.Region, pool.Factors, use),
            ModifiedAt = call.Now,
        };

        await database.Write(
            transaction => pools.Update(transaction, changed, call.Cancelled), call.Cancelled);
    }

    private async Task Change(UserPoolReplica replica, UserPool pool, UserPoolType given, Call call)
    {
        var changed = RegionalRules.Changed(replica, pool, given, call.Now);

        await database.Write(
            transaction => replicas.Update(transaction, changed, call.Cancelled), call.Cancelled);
    }

    private async Task<PoolUse> UseOf(UserPool pool, Call call)
    {
        var all = await clients.List(pool.Id, null, ClientRules.MaxClients, call.Cancelled);
        var there = await replicas.Of(pool.Id, call.Cancelled);
        var delivery = await deliveries.Of(pool.Id, call.Cancelled);
        var names = await domains.Of(pool.Id, call.Cancelled);
        return new(
            [.. all.Select(client => client.Settings)],
            HasReplica: there.Count > 0,
            StreamsLogs: there.Select(replica => replica.Logs).Append(delivery)
                .Any(logs => logs.DestinationOf(EventSourceName.UserAuthEvents) is not null),
            TracksSessions: pool.Sessions.IsOn,
            HasManagedLogin: names.Any(domain => domain.ManagedLoginVersion == DomainRules.ManagedLogin));
    }
}
