using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>
/// Sets a new password with the code that ForgotPassword or AdminResetUserPassword has sent, and confirms the
/// user. A password that the policy refuses does not use the code up. To clients that hide existence, a wrong
/// code is the same mismatch whether one was sent, to whomever (doc: for names that nobody has); only others
/// hear that none was.
/// </summary>
public sealed class ConfirmForgotPassword(
    ResolveClient clients, FindRecoveringUser find, UserStore users, Passwords passwords,
    CompromisedPasswords compromised, RedeemCode codes, DecoyCode decoys,
    SignInFailureStore failures, PoolTriggers triggers, AuthEvents events)
    : IPublicOperation<ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse>
{
    public Task<ConfirmForgotPasswordResponse> Execute(ConfirmForgotPasswordRequest request, Call call) =>
        events.OfUser(
            EventType.ForgotPassword,
            EventResponseType.Pass,
            request.ClientId,
            request.Username,
            call,
            () => Confirm(request, call));

    private async Task<ConfirmForgotPasswordResponse> Confirm(ConfirmForgotPasswordRequest request, Call call)
    {
        var (pool, client) = await clients.Admit(
            request.ClientId, request.SecretHash, request.Username, call.Cancelled);
        call.HidesExistence = client.HidesUserExistence;
        // As in ForgotPassword: who got only the pretence of a code there must not be told apart here.
        var found = await find.Find(
            pool, client, request.Username, user => !CodeDestination.MayRecover(pool, user), call.Cancelled);
        if (found.User is { } known) MustBeConfirmable(known);

        var planted = client.HidesUserExistence
            ? decoys.Make(pool, found.Sub, request.Username, CodeKind.Reset, call)
            : null;
        var code = await codes.Judge(
            pool.Id, found.Sub, CodeKind.Reset, request.ConfirmationCode, call, planted);
        // A code for a stand-in can never match, so there is a user here.
        var user = found.User!;
        if (user.Attributes[code.Attribute] != code.Value) throw Reject.CodeExpired();
        var changed = await ChangePassword(pool, client, user, request.Password, code, call);
        await codes.Redeem(
            code,
            async transaction =>
            {
                await users.Update(transaction, changed, pool, call.Cancelled);
                await failures.Clear(transaction, pool.Id, user.Sub, call.Cancelled);
            },
            call);
        await triggers.PostConfirmation(
            pool, client, "PostConfirmation_ConfirmForgotPassword", changed, request.ClientMetadata, call);
        return new();
    }

    private async Task<User> ChangePassword(
        UserPool pool, AppClient client, User user, string password, ConfirmationCode code, Call call)
    {
        try
        {
            await compromised.MustNotBeNew(pool, client, EventFilterType.PasswordChange, password, call);
            var changed = await passwords.Change(pool, user, password, isTemporary: false, call);
            return changed with { Status = UserStatusType.Confirmed };
        }
        catch (ApiException)
        {
            await codes.ReturnTry(code, call);
            throw;
        }
    }

    private static void MustBeConfirmable(User user)
    {
        if (!user.Enabled) throw Reject.UserDisabled();
        user.MustBeResettable();
    }
}
