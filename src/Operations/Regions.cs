using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;
using Lifeguard.Storage;

namespace Lifeguard.Operations;

/// <summary>
/// Which region a call came for, and through which replica it therefore sees its pool. In the deployment's
/// own region, where nearly all calls come, nothing is looked up.
/// </summary>
public sealed class Regions(
    ReplicaStore replicas, ClientStore clients, Deployment deployment, SignatureRules signatures)
{
    private const string ArnResource = ":userpool/";

    /// <summary>
    /// The region that the call came for: the one in its path, or else the one it is signed for, or else the
    /// one in its host name. Signature and host name count only where that region hosts a replica of some
    /// pool: clients are configured to all kinds of regions. Null for the deployment's own.
    /// </summary>
    /// <param name="signedFor">The region of the signature's scope; null for none.</param>
    public async ValueTask<CalledRegion?> Of(WireRequest wire, string? signedFor)
    {
        var named = wire.Region ?? signedFor ?? RegionName.InHost(wire.Header("Host"));
        if (named is null || named == deployment.Region) return null;
        if (wire.Region is not null) return new(named, IsMeant: true);
        var isMeant = signedFor is not null && !signatures.AcceptsAnybody;
        return await replicas.Hosts(named, wire.Cancelled) ? new(named, isMeant) : null;
    }

    /// <summary>Finds the replica through which the call sees its pool, notes it at the call, and refuses
    /// what is not done there. In its own region a pool is seen as it is, and so it is where the region is
    /// not meant and has no replica of the pool: what other pools have must not hide it (inferred).</summary>
    /// <returns>The signed-in user in the pool as it is seen; null for none.</returns>
    /// <exception cref="ApiException">OperationNotEnabledException; the refusal of an unknown pool, client or
    /// token where the region has no replica of the pool.</exception>
    public async Task<SignedInUser?> Locate(
        OperationFacts facts, IShape request, SignedInUser? user, Call call)
    {
        if (call.Region is not { } region) return user;
        var poolId = user?.Pool.Id ?? await PoolIdIn(request, call);
        if (poolId is null)
        {
            // About all pools of the region, or about one by way of a session.
            var isForHome = facts is { Authority: Authority.Administrator, Replicas: ReplicaUse.Never };
            if (!region.IsMeant && isForHome) return Home(user, call);
        }
        else
        {
            if (UserPool.RegionOf(poolId) == region.Name) return user;
            var there = await replicas.Of(poolId, call.Cancelled);
            call.Replica = there.FirstOrDefault(replica => replica.Region == region.Name);
            if (call.Replica is null)
                return region.IsMeant ? throw NotThere(poolId, request, user) : Home(user, call);
        }

        var serves = call.Replica?.Serves(facts.Replicas) ?? facts.Replicas != ReplicaUse.Never;
        if (!serves) throw ReplicaRefusals.NotEnabled(facts.Name, region.Name);
        return user is null ? null : user with { Pool = call.Seen(user.Pool) };
    }

    private static SignedInUser? Home(SignedInUser? user, Call call)
    {
        call.Region = null;
        return user;
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

/// <summary>The region that a call came for, where that is not the deployment's own.</summary>
/// <param name="IsMeant">The path says so, or a signature that was checked: what is not there is nowhere. A
/// host name is often the same for all, and what nobody checks is whatever a client was set up
/// with.</param>
public sealed record CalledRegion(string Name, bool IsMeant)
{
    /// <summary>That of the replica through which a domain shows its pool; null for the pool's own.</summary>
    public static CalledRegion? Of(UserPoolReplica? replica) =>
        replica is null ? null : new(replica.Region, IsMeant: true);
}
