using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Replicas;

/// <summary>Which pools can be replicated where, and when a replica can go (doc).</summary>
public static class ReplicaRules
{
    /// <summary>Replicas of one pool (doc).</summary>
    public const int MaxReplicas = 1;

    /// <summary>A new replica of <paramref name="pool"/>. It serves administrators only, so that senders and
    /// triggers of its region can be set before users come.</summary>
    /// <param name="there">The pool's replicas so far.</param>
    /// <exception cref="ApiException">FeatureUnavailableInTierException, InvalidParameterException,
    /// LimitExceededException or UserPoolTaggingException.</exception>
    public static UserPoolReplica New(
        UserPool pool,
        string region,
        IReadOnlyDictionary<string, string>? tags,
        IReadOnlyList<UserPoolReplica> there,
        Deployment deployment,
        DateTimeOffset now)
    {
        TierRules.CheckReplication(pool.Settings);
        if (!RegionName.IsValid(region)) throw ReplicaRefusals.NoRegion(region);
        if (region == pool.Region || region == deployment.Region) throw ReplicaRefusals.OwnRegion(region);
        if (there.Any(replica => replica.Region == region)) throw ReplicaRefusals.IsThere(region);
        if (there.Count >= MaxReplicas) throw PoolRefusals.TooMany("replicas of a user pool", MaxReplicas);
        if (!KeyRules.IsMultiRegion(pool.Settings.KeyConfiguration)) throw ReplicaRefusals.NeedsKey();
        return new()
        {
            PoolId = pool.Id,
            Region = region,
            Status = ReplicaStatusType.Inactive,
            Settings = RegionalRules.Complete(new() { UserPoolTags = tags }, region),
            CreatedAt = now,
            ModifiedAt = now,
        };
    }

    /// <summary>Refuses to delete a replica that users are being served by (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void CheckDeletable(UserPoolReplica replica)
    {
        if (replica.IsActive) throw ReplicaRefusals.IsActive();
    }

    /// <summary>The replica of that region.</summary>
    /// <exception cref="ApiException">InvalidParameterException for the pool's own region,
    /// ResourceNotFoundException where there is none.</exception>
    public static UserPoolReplica In(this IReadOnlyList<UserPoolReplica> there, string region, UserPool pool)
    {
        if (region == pool.Region) throw ReplicaRefusals.OwnRegion(region);
        return there.FirstOrDefault(replica => replica.Region == region)
            ?? throw ReplicaRefusals.NotFound(region, pool.Id);
    }
}
