using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Confirms a person who has registered and now shows the code, typed or in a link: the user is
/// confirmed, and the address or number the code went to is verified.</summary>
public sealed class ConfirmRegistration(
    FindRecoveringUser find, UserStore users, RedeemCode codes, DecoyCode decoys)
{
    /// <summary>The user, confirmed. PostConfirmation is the caller's to ask.</summary>
    /// <param name="forceAlias">An address of somebody else becomes this user's.</param>
    /// <param name="owner">Of the session that came with the code; null for none. A session is bound to its
    /// user in every call (inferred), and one of somebody else is refused before the code is looked at,
    /// whether there is anybody of the name or not.</param>
    /// <exception cref="ApiException">As ConfirmSignUp declares them.</exception>
    public async Task<User> Confirm(
        UserPool pool, AppClient client, string name, string digits, bool forceAlias, Call call,
        string? owner = null)
    {
        // As in ResendConfirmationCode: who got only a pretence of a code there is nobody here.
        var found = await find.Find(
            pool, client, name, user => !CodeDestination.MayVerify(pool, user), call.Cancelled);
        if (owner is not null && owner != found.Sub) throw Reject.SessionInvalid();
        if (found.User is { } known && !client.HidesUserExistence) MustBeConfirmable(known, call);
        var planted = client.HidesUserExistence && VerifiesAnything(pool)
            ? decoys.Make(pool, found.Sub, name, CodeKind.SignUp, call)
            : null;
        var code = await codes.Judge(pool.Id, found.Sub, CodeKind.SignUp, digits, call, planted);
        // A code for a stand-in can never match, so there is a user here.
        var user = found.User!;
        if (user.Attributes[code.Attribute] != code.Value) throw Reject.CodeExpired();
        var confirmed = user.Confirm(call.Now);
        confirmed = confirmed with
        {
            Attributes = confirmed.Attributes.With(AttributeNames.VerifiedFlag(code.Attribute), true),
        };
        await Write(pool, confirmed, code, forceAlias, call);
        return confirmed;
    }

    /// <summary>Is a code sent at registration? Then a name
    /// nobody has must seem to wait for one, too.</summary>
    private static bool VerifiesAnything(UserPool pool) =>
        pool.AutoVerifies(AttributeNames.Email) || pool.AutoVerifies(AttributeNames.PhoneNumber);

    private static void MustBeConfirmable(User user, Call call)
    {
        if (!user.Enabled) throw Reject.UserDisabled();
        user.Confirm(call.Now);
    }

    private async Task Write(
        UserPool pool, User confirmed, ConfirmationCode code, bool forceAlias, Call call)
    {
        try
        {
            await codes.Redeem(
                code,
                async transaction =>
                {
                    if (forceAlias) await users.TakeOverAliases(transaction, pool, confirmed, call);
                    await users.Update(transaction, confirmed, pool, call.Cancelled);
                },
                call);
        }
        catch (AliasTakenException taken)
        {
            throw Reject.AliasExists(taken.Kind, given: false);
        }
    }
}
