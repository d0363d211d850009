using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Moves verified addresses from their former owners
/// to a user, where the caller may force that.</summary>
public static class AliasHandOver
{
    private static readonly string[] Kinds =
        [AttributeNames.Email, AttributeNames.PhoneNumber, AttributeNames.PreferredUsername];

    /// <summary>Frees every alias that <paramref name="user"/> is about to hold. The former owner keeps the
    /// address, unverified (doc).</summary>
    public static async Task TakeOverAliases(
        this UserStore users, Transaction transaction, UserPool pool, User user, Call call)
    {
        foreach (var kind in Kinds)
        {
            if (!pool.HasAlias(kind) || user.Attributes[kind] is not { } value) continue;
            if (kind != AttributeNames.PreferredUsername
                && !user.Attributes.IsTrue(AttributeNames.VerifiedFlag(kind))) continue;
            await users.ReleaseAlias(
                transaction, pool, kind, pool.FoldAlias(kind, value), user.Sub, call.Now, call.Cancelled);
        }
    }
}
