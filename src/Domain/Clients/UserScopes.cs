using Lifeguard.Domain.Tokens;

namespace Lifeguard.Domain.Clients;

/// <summary>What a client may get for a user who signs in on the pages of a domain.</summary>
public static class UserScopes
{
    private static readonly HashSet<string> OfOpenId = new(StringComparer.Ordinal)
    {
        "email", "phone", "profile",
    };

    /// <summary>Those of the scopes that the client is allowed.</summary>
    public static string[] Known(AppClient client, IReadOnlyList<string> asked) =>
        [.. asked.Where(scope => client.Settings.AllowedOAuthScopes?.Contains(scope) == true)];

    /// <summary>The scopes of the tokens: those that are asked for, or else all that the client is allowed
    /// (doc); null for what it is not allowed. A scope whose resource server has lost it may still be asked
    /// for, but is not given (doc). What tells of the user goes with <c>openid</c> only (doc).</summary>
    /// <param name="existing">The scopes that the pool has now.</param>
    public static IReadOnlyList<string>? Grant(
        AppClient client, IReadOnlyList<string>? requested, IReadOnlySet<string> existing)
    {
        var allowed = client.Settings.AllowedOAuthScopes ?? [];
        var asked = requested is { Count: > 0 } ? requested : allowed;
        if (asked.Count > ClientScopes.MaxScopes || asked.Any(scope => !allowed.Contains(scope))) return null;
        var isBare = requested is { Count: > 0 } && !asked.Contains(ScopeClaims.OpenId);
        if (isBare && asked.Any(OfOpenId.Contains)) return null;
        return [.. asked.Distinct().Where(existing.Contains)];
    }
}
