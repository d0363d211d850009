namespace Lifeguard.Domain.Access;

/// <summary>One statement of a policy: an effect for some actions on some resources.</summary>
/// <param name="IsAllow">Allow or Deny.</param>
/// <param name="Actions">Patterns such as <c>cognito-idp:Admin*</c>; their case is of no meaning
/// (doc).</param>
/// <param name="AllActionsBut">NotAction: the statement speaks of every action but these.</param>
/// <param name="Resources">Patterns of ARNs; their case counts (doc).</param>
/// <param name="AllResourcesBut">NotResource: the statement speaks of every resource but these.</param>
internal sealed record AccessStatement(
    bool IsAllow,
    IReadOnlyList<string> Actions,
    bool AllActionsBut,
    IReadOnlyList<ResourcePattern> Resources,
    bool AllResourcesBut)
{
    /// <summary>Does the statement speak of this action on this resource?</summary>
    public bool SpeaksOf(string action, string resource) =>
        Actions.Any(pattern => AccessPattern.Covers(pattern, action, ignoreCase: true)) != AllActionsBut
        && Resources.Any(pattern => pattern.Covers(resource)) != AllResourcesBut;
}
