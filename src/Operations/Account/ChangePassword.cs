using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>A signed-in user replaces the password, knowing the old one; users who have none yet set the
/// first. Tokens stay valid. Who replaces a temporary password so has chosen one, as the challenge of a
/// sign-in would have asked for, and is confirmed (inferred).</summary>
public sealed class ChangePassword(
    Database database, UserStore users, Passwords passwords, CompromisedPasswords compromised,
    HourlyLimits limits, AuthEvents events)
    : IUserOperation<ChangePasswordRequest, ChangePasswordResponse>
{
    public Task<ChangePasswordResponse> Execute(
        ChangePasswordRequest request, SignedInUser user, Call call) =>
        events.OfSignedIn(EventType.PasswordChange, user, call, () => Change(request, user, call));

    private async Task<ChangePasswordResponse> Change(
        ChangePasswordRequest request, SignedInUser user, Call call)
    {
        var (pool, account) = (user.Pool, user.User);
        SignInGate.MustBeConfirmed(account);
        // Whoever came from another provider may be here all the same, with a password that is no good.
        SignInGate.MustNotAwaitReset(account);
        await limits.Count(pool.Id, account.Sub, AttemptKind.ChangePassword, call);
        if (account.Password is not null || account.IsExternal)
        {
            var isRight = await passwords.IsCorrect(account, request.PreviousPassword ?? "", call);
            if (!isRight) throw Reject.WrongPassword();
            // A temporary password that signs in no more is not to be replaced here either.
            SignInGate.AfterPassword(pool, account, call.Now);
        }

        await compromised.MustNotBeNew(
            pool, user.Client, EventFilterType.PasswordChange, request.ProposedPassword, call);
        var changed = await passwords.Change(
            pool, account, request.ProposedPassword, isTemporary: false, call);
        if (changed.Status == UserStatusType.ForceChangePassword)
            changed = changed with { Status = UserStatusType.Confirmed };
        await database.Write(
            transaction => users.Update(transaction, changed, pool, call.Cancelled), call.Cancelled);
        return new();
    }
}
