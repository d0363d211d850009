using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;
using Lifeguard.Storage;

namespace Lifeguard.Operations;

/// <summary>
/// Which region a call came for, and through which replica it therefore sees its pool. In the deployment's
/// own region, where nearly all calls come, nothing is looked up.
/// </summary>
public sealed class Regions(ReplicaStore replicas, ClientStore clients, Deployment deployment)
{
    private const string ArnResource = ":userpool/";

    /// <summary>
    /// The region that the call came for: the one in its path, or else the one it is signed for, or else the
    /// one in its host name. Signature and host name count only where that region hosts a replica of some
    /// pool: clients are configured to all kinds of regions. Null for the deployment's own.
    /// </summary>
    /// <param name="signedFor">The region of the signature's scope; null for none.</param>
    public async ValueTask<string?> Of(WireRequest wire, string? signedFor)
    {
        var named = wire.Region ?? signedFor ?? RegionName.InHost(wire.Header("Host"));
        if (named is null || named == deployment.Region) return null;
        return wire.Region is not null || await replicas.Hosts(named, wire.Cancelled) ? named : null;
    }

    /// <summary>Finds the replica through which the call sees its pool, notes it at the call, and refuses
    /// what is not done there. In its own region a pool is seen as it is.</summary>
    /// <returns>The signed-in user in the pool as it is seen; null for none.</returns>
    /// <exception cref="ApiException">OperationNotEnabledException; the refusal of an unknown pool, client or
    /// token where the region has no replica of the pool.</exception>
    public async Task<SignedInUser?> Locate(
        OperationFacts facts, IShape request, SignedInUser? user, Call call)
    {
        if (call.Region is not { } region) return user;
        var poolId = user?.Pool.Id ?? await PoolIdIn(request, call);
        if (poolId is not null)
        {
            if (UserPool.RegionOf(poolId) == region) return user;
            var there = await replicas.Of(poolId, call.Cancelled);
            call.Replica = there.FirstOrDefault(replica => replica.Region == region)
                ?? throw NotThere(poolId, request, user);
        }

        // A call that names no pool is about all pools of the region, or about one by way of a session.
        var serves = call.Replica?.Serves(facts.Replicas) ?? facts.Replicas != ReplicaUse.Never;
        if (!serves) throw ReplicaRefusals.NotEnabled(facts.Name, region);
        return user is null ? null : user with { Pool = call.Seen(user.Pool) };
    }

    private async Task<string?> PoolIdIn(IShape request, Call call) => request switch
    {
        IHasUserPoolId { UserPoolId: { } poolId } => poolId,
        IHasClientId { ClientId: { } clientId } =>
            (await clients.Find(clientId, call.Cancelled))?.PoolId ?? throw Reject.ClientNotFound(clientId),
        TagResourceRequest { ResourceArn: { } arn } => InArn(arn),
        UntagResourceRequest { ResourceArn: { } arn } => InArn(arn),
        ListTagsForResourceRequest { ResourceArn: { } arn } => InArn(arn),
        _ => null,
    };

    /// <summary>The pool id at the end of an ARN; null where it is the ARN of something else.</summary>
    private static string? InArn(string arn)
    {
        var at = arn.IndexOf(ArnResource, StringComparison.Ordinal);
        return at >= 0 && arn.IndexOf('_', at) > 0 ? arn[(at + ArnResource.Length)..] : null;
    }

    private static ApiException NotThere(string poolId, IShape request, SignedInUser? user) => request switch
    {
        _ when user is not null => Reject.InvalidAccessToken(),
        IHasUserPoolId => Reject.PoolNotFound(poolId),
        IHasClientId client => Reject.ClientNotFound(client.ClientId),
        _ => Reject.PoolNotFound(poolId),
    };
}
