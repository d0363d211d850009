using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Replicas;

/// <summary>Lets a replica serve end users, or no longer. It takes effect at once.</summary>
public sealed class UpdateUserPoolReplica(
    Database database, PoolStore pools, ReplicaStore replicas, Deployment deployment)
    : IAdminOperation<UpdateUserPoolReplicaRequest, UpdateUserPoolReplicaResponse>
{
    /// <inheritdoc />
    public async Task<UpdateUserPoolReplicaResponse> Execute(UpdateUserPoolReplicaRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var there = await replicas.Of(pool.Id, call.Cancelled);
        var replica = there.In(request.RegionName, pool) with
        {
            Status = request.Status,
            ModifiedAt = call.Now,
        };

        await database.Write(
            transaction => replicas.Update(transaction, replica, call.Cancelled), call.Cancelled);

        return new() { UserPoolReplica = replica.Describe(deployment) };
    }
}
