using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Mfa;

/// <summary>
/// Forgets a user's authenticator, for example when the phone is lost. It is no second factor any more, and
/// the user may set up another one.
/// </summary>
public sealed class AdminDeleteSoftwareToken(
    Database database, PoolStore pools, ResolveUser resolve, UserStore users, SoftwareTokenStore tokens)
    : IAdminOperation<AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse>
{
    public async Task<AdminDeleteSoftwareTokenResponse> Execute(
        AdminDeleteSoftwareTokenRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        if (user.Status == UserStatusType.Unconfirmed) throw Reject.UserNotConfirmed();
        // The text is that of the other operations; the operation declares no type of its own for it.
        if (await tokens.Find(pool.Id, user.Sub, call.Cancelled) is null)
            throw Reject.InvalidParameter("User has not set up software token mfa");
        var changed = user with
        {
            Mfa = user.Mfa.Without(ChallengeNameType.SoftwareTokenMfa),
            ModifiedAt = call.Now,
        };
        await database.Write(
            async transaction =>
            {
                await tokens.Delete(transaction, pool.Id, user.Sub, call.Cancelled);
                await users.Update(transaction, changed, pool, call.Cancelled);
            },
            call.Cancelled);
        return new();
    }
}
