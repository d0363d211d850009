using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Replicas;

/// <summary>Makes a user pool visible in another region, at first to administrators only.</summary>
public sealed class CreateUserPoolReplica(
    Database database, PoolStore pools, ReplicaStore replicas, Deployment deployment)
    : IAdminOperation<CreateUserPoolReplicaRequest, CreateUserPoolReplicaResponse>
{
    /// <inheritdoc />
    public async Task<CreateUserPoolReplicaResponse> Execute(CreateUserPoolReplicaRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var there = await replicas.Of(pool.Id, call.Cancelled);
        var replica = ReplicaRules.New(
            pool, request.RegionName, request.UserPoolTags, there, deployment, call.Now);

        await database.Write(
            async transaction =>
            {
                // The pool's new version settles who is first among replicas, and who of a replica and a
                // change that would rule it out.
                await pools.Update(transaction, pool, call.Cancelled);
                await replicas.Insert(transaction, replica, call.Cancelled);
            },
            call.Cancelled);

        // It is there already, but clients wait for it in these words (doc).
        return new()
        {
            UserPoolReplica = replica.Describe(deployment) with { Status = ReplicaStatusType.Creating },
        };
    }
}
