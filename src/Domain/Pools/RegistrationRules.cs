using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>Dynamic client registration of a pool (RFC 7591; doc).</summary>
public static class RegistrationRules
{
    // The bounds of an app client's own list of scopes.
    private const int MaxScopes = 50;
    private const int MaxScopeLength = 256;

    /// <summary>
    /// The configuration as the pool keeps it. A list that is not set stays absent, since it means the
    /// default grants, while an empty one means none (doc).
    /// </summary>
    /// <exception cref="ApiException">InvalidParameterException: a scope that cannot be one.</exception>
    public static DcrConfigurationType? Complete(DcrConfigurationType? given)
    {
        if (given is null) return null;
        if (given.AllowedScopes?.Count > MaxScopes) throw PoolRefusals.Dcr($"at most {MaxScopes} scopes.");
        if (given.AllowedScopes?.All(IsScope) == false)
            throw PoolRefusals.Dcr("AllowedScopes holds something that is no scope.");
        return given with
        {
            EnableStatus = given.EnableStatus ?? StatusType.Enabled,
            OpenDcrEnabled = given.OpenDcrEnabled ?? false,
            AuthenticatedGrantTypes = Distinct(given.AuthenticatedGrantTypes),
            OpenDcrGrantTypes = Distinct(given.OpenDcrGrantTypes),
            AllowedScopes = Distinct(given.AllowedScopes),
        };
    }

    private static IReadOnlyList<string>? Distinct(IReadOnlyList<string>? list) =>
        list is null ? null : [.. list.Distinct()];

    // RFC 6749 §3.3: scope-token.
    private static bool IsScope(string scope) =>
        scope.Length is >= 1 and <= MaxScopeLength
        && scope.All(character => character is > ' ' and <= '~' and not ('"' or '\\'));
}
