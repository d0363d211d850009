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
        var replica = await database.Write(
            async transaction =>
            {
                // The pool's new version settles who is first among replicas, and who of a replica and a
                // change that would rule it out.
                await pools.Update(transaction, pool, call.Cancelled);
                var there = await replicas.Of(transaction, pool.Id, call.Cancelled);
                var made = ReplicaRules.New(
                    pool, request.RegionName, request.UserPoolTags, there, deployment, call.Now);
                await replicas.Insert(transaction, made, call.Cancelled);
                return made;
            },
            call.Cancelled);

        // It is there already, but clients wait for it in these words (doc).
        return new()
        {
            UserPoolReplica = replica.Describe(deployment) with { Status = ReplicaStatusType.Creating },
        };
    }
}
