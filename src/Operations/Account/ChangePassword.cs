using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>A signed-in user replaces the password, knowing the old one; users who have none yet set the first.
/// Tokens stay valid.</summary>
public sealed class ChangePassword(
    Database database, UserStore users, Passwords passwords, HourlyLimits limits)
    : IUserOperation<ChangePasswordRequest, ChangePasswordResponse>
{
    public async Task<ChangePasswordResponse> Execute(
        ChangePasswordRequest request, SignedInUser caller, Call call)
    {
        var (pool, user) = (caller.Pool, caller.User);
        if (user.Status == UserStatusType.Unconfirmed) throw Reject.UserNotConfirmed();
        await limits.Count(pool.Id, user.Sub, AttemptKind.ChangePassword, call);
        if (user.Password is not null || user.IsExternal)
        {
            var isRight = await passwords.IsCorrect(user, request.PreviousPassword ?? "", call);
            if (!isRight) throw Reject.WrongPassword();
        }

        var changed = await passwords.Change(pool, user, request.ProposedPassword, isTemporary: false, call);
        await database.Write(
            transaction => users.Update(transaction, changed, pool, call.Cancelled), call.Cancelled);
        return new();
    }
}
