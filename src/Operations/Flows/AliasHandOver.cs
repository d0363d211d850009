using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Moves verified addresses from their former owners
/// to a user, where the caller may force that.</summary>
public static class AliasHandOver
{
    // Always in this order, so that two who take the same ones do not wait for each other.
    private static readonly string[] Kinds = [AttributeNames.Email, AttributeNames.PhoneNumber];

    /// <summary>Gives <paramref name="user"/>, who is written in the same transaction, every alias that comes
    /// with the verified addresses. The former owner keeps the address, unverified (doc). However many do so
    /// at once, none is turned away: the last one has it.</summary>
    public static async Task TakeOverAliases(
        this UserStore users, Transaction transaction, UserPool pool, User user, Call call)
    {
        foreach (var kind in Kinds)
        {
            if (!user.Attributes.IsTrue(AttributeNames.VerifiedFlag(kind))) continue;
            if (user.Attributes[kind] is not { } value) continue;
            await users.TakeAlias(transaction, pool, kind, value, user.Sub, call.Now, call.Cancelled);
        }
    }
}
