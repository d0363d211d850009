using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Groups;

/// <summary>How many groups there may be, and the words of what is refused about them.</summary>
public static class GroupRules
{
    /// <summary>Groups in one pool (doc).</summary>
    public const int MaxGroups = 10_000;

    /// <summary>Groups that one user is in (doc).</summary>
    public const int MaxGroupsOfUser = 100;

    public static ApiException NotFound() => new(Errors.ResourceNotFoundException, "Group not found.");

    public static ApiException Exists() =>
        new(Errors.GroupExistsException, "A group with the name already exists.");

    public static ApiException TooMany() => PoolRefusals.TooMany("groups", MaxGroups);

    /// <summary>Own words. The operation does not declare LimitExceededException.</summary>
    public static ApiException TooManyOfUser() =>
        Reject.InvalidParameter($"The limit of {MaxGroupsOfUser} groups for a user has been reached.");
}
