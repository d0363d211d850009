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
        if (IsId(name) && await users.FindBySub(pool.Id, name.ToLowerInvariant(), cancellation) is { } known)
            return known;
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

    /// <summary>Which of the names that a new user would be found by somebody has already: <c>username</c>
    /// or, in pools that sign in with attributes, the attribute; null for none. Asked before triggers run;
    /// what decides is the unique key at the write.</summary>
    public async Task<string?> TakenName(
        UserPool pool, string given, User user, CancellationToken cancellation)
    {
        if (!pool.SignsInWithAttributes)
        {
            // A name equal to somebody's sub or preferred name would answer in that user's place.
            var isTaken = await users.FindByUsername(pool.Id, pool.Fold(given), cancellation) is not null
                || (IsId(given)
                    && await users.FindBySub(pool.Id, given.ToLowerInvariant(), cancellation) is not null)
                || (pool.HasAlias(AttributeNames.PreferredUsername)
                    && await FindByPreferredName(pool, given, cancellation) is not null);
            return isTaken ? "username" : null;
        }

        foreach (var kind in pool.Settings.UsernameAttributes!)
        {
            if (user.Attributes[kind] is not { } value) continue;
            if (await users.FindByAlias(pool.Id, kind, pool.FoldAlias(kind, value), cancellation) is not null)
                return kind;
        }

        return null;
    }

    /// <summary>Refuses addresses and numbers by which another user is found (observed); who only waits to
    /// have one proved loses nothing. What decides is the unique key when the value is verified.</summary>
    /// <exception cref="ApiException">AliasExistsException.</exception>
    public async Task ContactsMustBeFree(
        UserPool pool, User user, IEnumerable<CodeDestination> contacts, CancellationToken cancellation)
    {
        foreach (var (kind, value) in contacts.Where(contact => pool.IsFoundBy(contact.Attribute)))
        {
            var owner = await users.FindByAlias(pool.Id, kind, pool.FoldAlias(kind, value), cancellation);
            if (owner is not null && owner.Sub != user.Sub) throw Reject.AliasExists(kind, given: true);
        }
    }

    /// <summary>Refuses a preferred name that is another user's name: that user could no longer be found by
    /// it.</summary>
    /// <exception cref="ApiException">AliasExistsException.</exception>
    public async Task PreferredNameMustBeFree(UserPool pool, User user, CancellationToken cancellation)
    {
        const string Kind = AttributeNames.PreferredUsername;
        if (!pool.HasAlias(Kind) || user.Attributes[Kind] is not { } name) return;
        var holder = await users.FindByUsername(pool.Id, pool.Fold(name), cancellation);
        if (holder is not null && holder.Sub != user.Sub) throw Reject.AliasExists(Kind, given: true);
    }

    private Task<User?> FindByPreferredName(UserPool pool, string name, CancellationToken cancellation) =>
        users.FindByAlias(
            pool.Id,
            AttributeNames.PreferredUsername,
            pool.FoldAlias(AttributeNames.PreferredUsername, name),
            cancellation);

    private static bool IsId(string name) => Guid.TryParseExact(name, "D", out _);

    private static IEnumerable<string> AliasKinds(UserPool pool, string name)
    {
        if (name.Contains('@') && pool.IsFoundBy(AttributeNames.Email)) yield return AttributeNames.Email;
        if (name.StartsWith('+') && pool.IsFoundBy(AttributeNames.PhoneNumber))
            yield return AttributeNames.PhoneNumber;
        if (pool.HasAlias(AttributeNames.PreferredUsername)) yield return AttributeNames.PreferredUsername;
    }
}
