namespace Lifeguard.Domain.Groups;

/// <summary>What the groups of a user put into the user's tokens (doc).</summary>
/// <param name="Names"><c>cognito:groups</c>: all groups, the most important first.</param>
/// <param name="Roles"><c>cognito:roles</c>: the role ARNs of those groups that have one, in the same order,
/// each once.</param>
/// <param name="PreferredRole"><c>cognito:preferred_role</c>: the role of the most important group that has
/// one; null where groups of the same precedence disagree.</param>
public sealed record GroupClaims(
    IReadOnlyList<string> Names, IReadOnlyList<string> Roles, string? PreferredRole)
{
    /// <summary>Of a user who is in no group.</summary>
    public static readonly GroupClaims None = new([], [], null);

    /// <summary>The claims of a user who is in these groups and no others.</summary>
    public static GroupClaims Of(IEnumerable<Group> groups)
    {
        var ordered = groups.OrderBy(Rank).ThenBy(group => group.Name, StringComparer.Ordinal).ToList();
        var withRole = ordered.Where(group => group.RoleArn is not null).ToList();
        return new(
            [.. ordered.Select(group => group.Name)],
            [.. withRole.Select(group => group.RoleArn!).Distinct()],
            Preferred(withRole));
    }

    private static string? Preferred(List<Group> ordered)
    {
        if (ordered.Count == 0) return null;
        var best = ordered.TakeWhile(group => Rank(group) == Rank(ordered[0]));
        return best.Select(group => group.RoleArn).Distinct().ToList() is [var only] ? only : null;
    }

    private static long Rank(Group group) => group.Precedence ?? long.MaxValue;
}
