using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>
/// Gives a user, of whatever status, a password: a lasting one, or a temporary one to be replaced at the
/// first sign-in. Ends a reset that is under way; no message is sent, tokens stay valid.
/// </summary>
public sealed class AdminSetUserPassword(
    Database database, PoolStore pools, ResolveUser resolve, UserStore users, CodeStore codes,
    SignInFailureStore failures, Passwords passwords)
    : IAdminOperation<AdminSetUserPasswordRequest, AdminSetUserPasswordResponse>
{
    public async Task<AdminSetUserPasswordResponse> Execute(AdminSetUserPasswordRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var isPermanent = request.Permanent ?? false;
        var changed = await passwords.Change(pool, user, request.Password, isTemporary: !isPermanent, call);
        changed = changed.AfterPasswordSetByAdministrator(isPermanent, call.Now);
        await database.Write(
            async transaction =>
            {
                await users.Update(transaction, changed, pool, call.Cancelled);
                // A code on its way would let its holder set yet another password.
                await codes.Delete(transaction, pool.Id, user.Sub, CodeKind.Reset, call.Cancelled);
                await failures.Clear(transaction, pool.Id, user.Sub, call.Cancelled);
            },
            call.Cancelled);
        return new();
    }
}
