using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Users;

/// <summary>
/// Stops a user's password from working and sends a code to a verified address,
/// with which the user chooses a new one through ConfirmForgotPassword. Until
/// then every sign-in is refused. Repeating it replaces the code.
/// </summary>
public sealed class AdminResetUserPassword(
    Database database,
    PoolStore pools,
    ResolveUser resolve,
    UserStore users,
    HourlyLimits limits,
    IssueCode codes,
    MessageDelivery delivery)
    : IAdminOperation<AdminResetUserPasswordRequest, AdminResetUserPasswordResponse>
{
    public async Task<AdminResetUserPasswordResponse> Execute(
        AdminResetUserPasswordRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        // Without the full stop that sign-in has (observed).
        if (!user.Enabled) throw Reject.NotAuthorized("User is disabled");
        var reset = user.RequirePasswordReset(call.Now);
        var destination = CodeDestination.ForRecovery(pool, user);
        await limits.MustBeWithin(pool.Id, user.Sub, AttemptKind.ResetRequest, call);

        var message = new MessageRequest(
            pool, null, reset, MessageSource.ForgotPassword, destination, request.ClientMetadata);
        var code = await codes.Issue(message, CodeKind.Reset, call);
        // The user could not get in any more, nor get the code.
        delivery.MustBeAbleToLeave(code.Message);
        await database.Write(
            async transaction =>
            {
                await limits.Count(transaction, pool.Id, user.Sub, AttemptKind.ResetRequest, call);
                await users.Update(transaction, reset, pool, call.Cancelled);
                await codes.WriteWithinQuota(transaction, code, call);
            },
            call.Cancelled);
        return new();
    }
}
