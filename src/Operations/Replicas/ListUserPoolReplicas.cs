using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Replicas;

/// <summary>Shows where a user pool is: its own region, as the primary, and that of its replica.</summary>
public sealed class ListUserPoolReplicas(
    PoolStore pools, ReplicaStore replicas, PageToken tokens, Deployment deployment)
    : IAdminOperation<ListUserPoolReplicasRequest, ListUserPoolReplicasResponse>
{
    /// <inheritdoc />
    public async Task<ListUserPoolReplicasResponse> Execute(ListUserPoolReplicasRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        // There never is a second page, so a token can only be refused.
        if (request.NextToken is { } token)
            tokens.Open(nameof(ListUserPoolReplicas), pool.Id, token, call.Now);
        var there = await replicas.Of(pool.Id, call.Cancelled);

        var all = there.Select(replica => replica.Describe(deployment))
            .Append(UserPoolReplica.DescribePrimary(pool, deployment));
        return new()
        {
            UserPoolReplicas = [.. all.OrderBy(each => each.RegionName, StringComparer.Ordinal)],
        };
    }
}
