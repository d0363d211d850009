using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>Confirms a registered user without a code. Addresses and numbers stay unverified.</summary>
public sealed class AdminConfirmSignUp(
    Database database, PoolStore pools, ResolveUser resolve, UserStore users, CodeStore codes,
    PoolTriggers triggers)
    : IAdminOperation<AdminConfirmSignUpRequest, AdminConfirmSignUpResponse>
{
    public async Task<AdminConfirmSignUpResponse> Execute(AdminConfirmSignUpRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var confirmed = user.Confirm(call.Now);
        await database.Write(
            async transaction =>
            {
                await users.Update(transaction, confirmed, pool, call.Cancelled);
                await codes.Delete(transaction, pool.Id, user.Sub, Domain.CodeKind.SignUp, call.Cancelled);
            },
            call.Cancelled);
        await triggers.PostConfirmation(
            pool, null, "PostConfirmation_ConfirmSignUp", confirmed, request.ClientMetadata, call);
        return new();
    }
}
