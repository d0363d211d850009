using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Registration;

/// <summary>Sends another code to a person who has registered; the one before it stops working.</summary>
public sealed class ResendConfirmationCode(
    Database database, UserStore users, ResolveClient clients, FindRecoveringUser find, HourlyLimits limits,
    IssueCode codes, DecoyCode decoys, AuthEvents events)
    : IPublicOperation<ResendConfirmationCodeRequest, ResendConfirmationCodeResponse>
{
    public Task<ResendConfirmationCodeResponse> Execute(
        ResendConfirmationCodeRequest request, Call call) => events.OfUser(
        EventType.ResendCode,
        EventResponseType.Pass,
        request.ClientId,
        request.Username,
        call,
        () => Resend(request, call));

    private async Task<ResendConfirmationCodeResponse> Resend(
        ResendConfirmationCodeRequest request, Call call)
    {
        var (pool, client) = await clients.Admit(
            request.ClientId, request.SecretHash, request.Username, call.Cancelled);
        call.HidesExistence = client.HidesUserExistence;
        var found = await find.Find(
            pool, client, request.Username, user => !CodeDestination.MayVerify(pool, user), call.Cancelled);
        if (found.User is not { } user)
        {
            var simulated = await decoys.Send(
                pool, found.Sub, request.Username, CodeKind.SignUp, AttemptKind.Resend, call);
            return new() { CodeDeliveryDetails = simulated };
        }

        var destination = MustBeResendable(pool, user);
        await limits.MustBeWithin(pool.Id, user.Sub, AttemptKind.Resend, call);
        var message = new MessageRequest(
            pool, client, user, MessageSource.ResendCode, destination, request.ClientMetadata);
        var code = await codes.Issue(message, CodeKind.SignUp, call);
        await database.Write(
            async transaction =>
            {
                // The trigger may have taken seconds; no code must go to an address or a user of the past.
                await users.MustBeCurrent(transaction, user, call.Cancelled);
                await limits.Count(transaction, pool.Id, user.Sub, AttemptKind.Resend, call);
                await codes.WriteWithinQuota(transaction, code, call);
            },
            call.Cancelled);
        return new() { CodeDeliveryDetails = destination.Details };
    }

    private static CodeDestination MustBeResendable(UserPool pool, User user)
    {
        if (!user.Enabled) throw Reject.UserDisabled();
        if (user.Status != UserStatusType.Unconfirmed)
            throw Reject.InvalidParameter("User is already confirmed.");
        return CodeDestination.ForVerification(pool, user)
            ?? throw Reject.NotAuthorized("Cannot resend codes. Auto verification not turned on.");
    }
}
