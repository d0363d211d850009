using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Replicas;

/// <summary>Removes a user pool from another region, once it serves no end users there.</summary>
public sealed class DeleteUserPoolReplica(
    Database database, PoolStore pools, ReplicaStore replicas, RiskConfigurationStore risks,
    Deployment deployment)
    : IAdminOperation<DeleteUserPoolReplicaRequest, DeleteUserPoolReplicaResponse>
{
    /// <inheritdoc />
    public async Task<DeleteUserPoolReplicaResponse> Execute(DeleteUserPoolReplicaRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var there = await replicas.Of(pool.Id, call.Cancelled);
        var replica = there.In(request.RegionName, pool);
        ReplicaRules.CheckDeletable(replica);

        await database.Write(
            async transaction =>
            {
                await replicas.Delete(transaction, replica, call.Cancelled);
                await risks.RemoveRegion(transaction, pool.Id, replica.Region, call.Cancelled);
            },
            call.Cancelled);

        // It is gone already, but clients wait for its end in these words (doc).
        return new()
        {
            UserPoolReplica = replica.Describe(deployment) with { Status = ReplicaStatusType.Deleting },
        };
    }
}
