using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>Sends a signed-in user a code that verifies the e-mail address or phone number, be it verified
/// already, or the new one that waits for its code. The code before it stops working.</summary>
public sealed class GetUserAttributeVerificationCode(
    Database database, UserStore users, HourlyLimits limits, IssueCode codes)
    : IUserOperation<GetUserAttributeVerificationCodeRequest, GetUserAttributeVerificationCodeResponse>
{
    public async Task<GetUserAttributeVerificationCodeResponse> Execute(
        GetUserAttributeVerificationCodeRequest request, SignedInUser user, Call call)
    {
        var (pool, account) = (user.Pool, user.User);
        SignInGate.MustBeConfirmed(account);
        var destination = CodeDestination.ForAttribute(account, request.AttributeName);
        await limits.MustBeWithin(pool.Id, account.Sub, AttemptKind.VerificationRequest, call);
        var message = new MessageRequest(
            pool, user.Client, account, MessageSource.VerifyUserAttribute, destination,
            request.ClientMetadata);
        var code = await codes.Issue(message, ConfirmationCode.KindFor(destination.Attribute), call);
        await database.Write(
            async transaction =>
            {
                // The trigger may have taken seconds; the code must not go to an address of the past.
                await users.MustBeCurrent(transaction, account, call.Cancelled);
                await limits.Count(
                    transaction, pool.Id, account.Sub, AttemptKind.VerificationRequest, call);
                await codes.WriteWithinQuota(transaction, code, call);
            },
            call.Cancelled);
        return new() { CodeDeliveryDetails = destination.Details };
    }
}
