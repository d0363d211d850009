using Lifeguard.Contract;

namespace Lifeguard.Domain.Replicas;

/// <summary>What is refused about replicas, and by them. All in own words: only the types are
/// known.</summary>
public static class ReplicaRefusals
{
    public static ApiException NotEnabled(string operation, string region) => new(
        Errors.OperationNotEnabledException,
        $"{operation} is not enabled in Region {region} for this user pool.");

    public static ApiException NoRegion(string text) =>
        Reject.InvalidParameter($"{text} is not a Region.");

    public static ApiException OwnRegion(string region) =>
        Reject.InvalidParameter($"{region} is the primary Region; a replica must be in another one.");

    public static ApiException IsThere(string region) =>
        Reject.InvalidParameter($"User pool already has a replica in Region {region}.");

    public static ApiException NeedsKey() => Reject.InvalidParameter(
        "User pool must be configured with a multi-Region customer managed key before it can be replicated.");

    public static ApiException IsActive() => Reject.InvalidParameter(
        "The replica must be in the INACTIVE status before it can be deleted.");

    public static ApiException NotFound(string region, string poolId) => new(
        Errors.ResourceNotFoundException,
        $"User pool {poolId} has no replica in Region {region}.");

    public static ApiException NotRegional(string member) => Reject.InvalidParameter(
        $"{(member == "Name" ? "PoolName" : member)} cannot be changed in a secondary Region.");
}
