using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>Sends a user, who says to have forgotten the password, a code for setting a new one. The old one
/// keeps working until then.</summary>
public sealed class ForgotPassword(
    Database database, UserStore users, ResolveClient clients, MigrateUser migrate, FindRecoveringUser find,
    HourlyLimits limits, IssueCode codes, DecoyCode decoys, AuthEvents events)
    : IPublicOperation<ForgotPasswordRequest, ForgotPasswordResponse>
{
    public Task<ForgotPasswordResponse> Execute(ForgotPasswordRequest request, Call call) => events.OfUser(
        EventType.ForgotPassword,
        EventResponseType.InProgress,
        request.ClientId,
        request.Username,
        call,
        () => Send(request, call));

    private async Task<ForgotPasswordResponse> Send(ForgotPasswordRequest request, Call call)
    {
        var (pool, client) = await clients.Admit(
            request.ClientId, request.SecretHash, request.Username, call.Cancelled);
        call.HidesExistence = client.HidesUserExistence;
        // The pool's rule: told to everybody alike, it says nothing about the user.
        if (client.HidesUserExistence && CodeDestination.IsForAdministratorsOnly(pool))
            throw Reject.RecoveryByAdministratorOnly();
        await migrate.ComeToRecover(pool, client, request.Username, request.ClientMetadata, call);
        var found = await find.Find(
            pool, client, request.Username, user => !CodeDestination.MayRecover(pool, user), call.Cancelled);
        if (found.User is not { } user)
        {
            var simulated = await decoys.Send(
                pool, found.Sub, request.Username, CodeKind.Reset, AttemptKind.ResetRequest, call);
            return new() { CodeDeliveryDetails = simulated };
        }

        if (!user.Enabled) throw Reject.UserDisabled();
        user.MustBeResettable();
        var destination = CodeDestination.ForRecovery(pool, user);
        await limits.MustBeWithin(pool.Id, user.Sub, AttemptKind.ResetRequest, call);
        var message = new MessageRequest(
            pool, client, user, MessageSource.ForgotPassword, destination, request.ClientMetadata);
        var code = await codes.Issue(message, CodeKind.Reset, call);
        await database.Write(
            async transaction =>
            {
                // The trigger may have taken seconds; no code must go to an address or a user of the past.
                await users.MustBeCurrent(transaction, user, call.Cancelled);
                await limits.Count(transaction, pool.Id, user.Sub, AttemptKind.ResetRequest, call);
                await codes.WriteWithinQuota(transaction, code, call);
            },
            call.Cancelled);
        return new() { CodeDeliveryDetails = destination.Details };
    }
}
