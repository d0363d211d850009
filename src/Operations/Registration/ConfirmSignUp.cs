using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Registration;

/// <summary>A person who has registered types the code. The user is confirmed, and the address or number the
/// code went to is verified.</summary>
public sealed class ConfirmSignUp(
    ResolveClient clients, FindRecoveringUser find, UserStore users, RedeemCode codes, DecoyCode decoys,
    PoolTriggers triggers, SignUpSessions sessions, AuthEvents events)
    : IPublicOperation<ConfirmSignUpRequest, ConfirmSignUpResponse>
{
    public Task<ConfirmSignUpResponse> Execute(ConfirmSignUpRequest request, Call call) => events.OfUser(
        EventType.SignUp,
        EventResponseType.Pass,
        request.ClientId,
        request.Username,
        call,
        () => Confirm(request, call));

    private async Task<ConfirmSignUpResponse> Confirm(ConfirmSignUpRequest request, Call call)
    {
        var (pool, client) = await clients.Admit(
            request.ClientId, request.SecretHash, request.Username, call.Cancelled);
        call.HidesExistence = client.HidesUserExistence;
        sessions.MustBeOne(request.Session, client);
        // As in ResendConfirmationCode: who got only a pretence of a code there is nobody here.
        var found = await find.Find(
            pool, client, request.Username, user => !CodeDestination.MayVerify(pool, user), call.Cancelled);
        if (found.User is { } known && !client.HidesUserExistence) MustBeConfirmable(known, call);
        var planted = client.HidesUserExistence && VerifiesAnything(pool)
            ? decoys.Make(pool, found.Sub, request.Username, CodeKind.SignUp, call)
            : null;
        var code = await codes.Judge(
            pool.Id, found.Sub, CodeKind.SignUp, request.ConfirmationCode, call, planted);
        // A code for a stand-in can never match, so there is a user here.
        var user = found.User!;
        if (user.Attributes[code.Attribute] != code.Value) throw Reject.CodeExpired();
        var confirmed = user.Confirm(call.Now);
        confirmed = confirmed with
        {
            Attributes = confirmed.Attributes.With(AttributeNames.VerifiedFlag(code.Attribute), true),
        };
        await Write(pool, confirmed, code, request.ForceAliasCreation ?? false, call);
        await triggers.PostConfirmation(
            pool, client, "PostConfirmation_ConfirmSignUp", confirmed, request.ClientMetadata, call);
        return new() { Session = sessions.Next(request.Session, client, confirmed, call.Now) };
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
