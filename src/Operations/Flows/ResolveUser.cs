using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Finds the user whom a client names: by user name, by <c>sub</c>, or by an alias (doc). The store holds an
/// alias only while it is good for finding its owner, so the order is all there is to decide here.
/// </summary>
public sealed class ResolveUser(UserStore users)
{
    /// <summary>The user; null for nobody.</summary>
    public async Task<User?> Find(UserPool pool, string name, CancellationToken cancellation)
    {
        if (await users.FindByUsername(pool.Id, pool.Fold(name), cancellation) is { } named) return named;
        if (IsId(name)
            && await users.FindBySub(pool.Id, name.ToLowerInvariant(), cancellation) is { } known)
        {
            return known;
        }

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

    /// <summary>Does somebody have the name or, in pools that sign in with attributes, the address already?
    /// Asked before triggers run; what decides is the unique key at the write.</summary>
    public async Task<bool> IsTaken(UserPool pool, string given, User user, CancellationToken cancellation)
    {
        if (!pool.SignsInWithAttributes)
        {
            // A name equal to somebody's sub would answer in that user's place.
            return await users.FindByUsername(pool.Id, pool.Fold(given), cancellation) is not null
                || (IsId(given)
                    && await users.FindBySub(pool.Id, given.ToLowerInvariant(), cancellation) is not null);
        }

        foreach (var kind in pool.Settings.UsernameAttributes!)
        {
            if (user.Attributes[kind] is not { } value) continue;
            if (await users.FindByAlias(pool.Id, kind, pool.FoldAlias(kind, value), cancellation) is not null)
                return true;
        }

        return false;
    }

    /// <summary>The attribute a user signs in with, in pools that sign in with attributes.</summary>
    public static string NameAttribute(UserPool pool, User user) =>
        pool.Settings.UsernameAttributes!.First(user.Attributes.Has);

    private static bool IsId(string name) => Guid.TryParseExact(name, "D", out _);

    private static IEnumerable<string> AliasKinds(UserPool pool, string name)
    {
        if (name.Contains('@')
            && (pool.HasAlias(AttributeNames.Email) || pool.UsesAsUsername(AttributeNames.Email)))
            yield return AttributeNames.Email;
        if (name.StartsWith('+')
            && (pool.HasAlias(AttributeNames.PhoneNumber) || pool.UsesAsUsername(AttributeNames.PhoneNumber)))
            yield return AttributeNames.PhoneNumber;
        if (pool.HasAlias(AttributeNames.PreferredUsername)) yield return AttributeNames.PreferredUsername;
    }
}
