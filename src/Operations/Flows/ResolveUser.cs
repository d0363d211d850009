using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Finds the user whom a client names: by user name, by <c>sub</c>, or by an alias (doc). The store holds an alias
/// only while it is good for finding its owner, so the order is all there is to decide here.
/// </summary>
public sealed class ResolveUser(UserStore users)
{
    /// <summary>The user; null for nobody.</summary>
    public async Task<User?> Find(UserPool pool, string name, CancellationToken cancellation)
    {
        if (await users.FindByUsername(pool.Id, pool.Fold(name), cancellation) is { } named) return named;
        if (Guid.TryParseExact(name, "D", out _)
            && await users.FindBySub(pool.Id, name.ToLowerInvariant(), cancellation) is { } known) return known;
        foreach (var kind in AliasKinds(pool, name))
        {
            var value = pool.FoldAlias(kind, name);
            if (await users.FindByAlias(pool.Id, kind, value, cancellation) is { } owner) return owner;
        }

        return null;
    }

    /// <summary>The user an administrator names.</summary>
    /// <exception cref="ApiException">UserNotFoundException.</exception>
    public async Task<User> Get(UserPool pool, string name, CancellationToken cancellation) =>
        await Find(pool, name, cancellation) ?? throw Reject.UserNotFound();

    private static IEnumerable<string> AliasKinds(UserPool pool, string name)
    {
        if (name.Contains('@') && (pool.HasAlias(AttributeNames.Email) || pool.UsesAsUsername(AttributeNames.Email)))
            yield return AttributeNames.Email;
        if (name.StartsWith('+')
            && (pool.HasAlias(AttributeNames.PhoneNumber) || pool.UsesAsUsername(AttributeNames.PhoneNumber)))
            yield return AttributeNames.PhoneNumber;
        if (pool.HasAlias(AttributeNames.PreferredUsername)) yield return AttributeNames.PreferredUsername;
    }
}
