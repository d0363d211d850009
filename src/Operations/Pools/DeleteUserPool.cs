using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Pools;

/// <summary>Deletes a user pool with all that is in it. It is gone for callers at once.</summary>
public sealed class DeleteUserPool(
    Database database, PoolStore pools, ReplicaStore replicas, DomainStore domains, ImportGate imports)
    : IAdminOperation<DeleteUserPoolRequest, NoContent>
{
    /// <inheritdoc />
    public async Task<NoContent> Execute(DeleteUserPoolRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var there = await replicas.Of(pool.Id, call.Cancelled);
        PoolRules.CheckDeletable(pool.Settings, hasReplica: there.Count > 0);
        await imports.MustBeIdle(pool, call);

        await database.Write(
            async transaction =>
            {
                await pools.Delete(transaction, pool, call.Now, call.Cancelled);
                // One that has come meanwhile would lead to nothing, and be taken all the same.
                if (await domains.Count(transaction, pool.Id, call.Cancelled) > 0)
                    throw PoolRefusals.HasDomain();
            },
            call.Cancelled);

        return NoContent.Instance;
    }
}
