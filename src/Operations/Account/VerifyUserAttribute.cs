using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>
/// A signed-in user types the code that went to an e-mail address or phone number: exactly that one is
/// verified, and where it waited to replace another, it does so now.
/// </summary>
public sealed class VerifyUserAttribute(UserStore users, RedeemCode codes)
    : IUserOperation<VerifyUserAttributeRequest, VerifyUserAttributeResponse>
{
    public async Task<VerifyUserAttributeResponse> Execute(
        VerifyUserAttributeRequest request, SignedInUser user, Call call)
    {
        var (pool, account) = (user.Pool, user.User);
        SignInGate.MustBeConfirmed(account);
        CodeDestination.MustBeContact(request.AttributeName);
        var kind = ConfirmationCode.KindFor(request.AttributeName);
        var code = await codes.Judge(pool.Id, account.Sub, kind, request.Code, call);
        var verified = account.WithProved(code.Attribute, code.Value, call.Now) ?? throw Reject.CodeExpired();
        try
        {
            await codes.Redeem(
                code, transaction => users.Update(transaction, verified, pool, call.Cancelled), call);
        }
        catch (AliasTakenException taken)
        {
            throw Reject.AliasExists(taken.Kind, given: true);
        }

        return new();
    }
}
