namespace Lifeguard.Domain.Clients;

/// <summary>What a client may get for itself, without a user.</summary>
public static class ClientScopes
{
    /// <summary>Scopes in one request (doc).</summary>
    public const int MaxScopes = 50;

    /// <summary>The scopes of the token: those that are asked for, or else all that the client is allowed
    /// (doc). A scope whose resource server has lost it may still be asked for, but is not given
    /// (doc).</summary>
    /// <param name="existing">The scopes that the pool has now.</param>
    /// <exception cref="ApiException">InvalidParameterException: too many, or one that the client is not
    /// allowed.</exception>
    public static IReadOnlyList<string> Grant(
        AppClient client, IReadOnlyList<string>? requested, IReadOnlySet<string> existing)
    {
        IReadOnlyList<string> allowed =
        [
            .. (client.Settings.AllowedOAuthScopes ?? [])
                .Where(scope => !PoolOffer.SystemScopes.Contains(scope)),
        ];
        if (allowed.Count == 0) throw ClientRefusals.NoClientScopes();
        if (requested is not { Count: > 0 }) return [.. allowed.Where(existing.Contains)];
        if (requested.Count > MaxScopes) throw ClientRefusals.TooManyScopes(MaxScopes);
        return requested.FirstOrDefault(scope => !allowed.Contains(scope)) is { } foreign
            ? throw ClientRefusals.ScopeNotAllowed(foreign)
            : [.. requested.Distinct().Where(existing.Contains)];
    }
}
