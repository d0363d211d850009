using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Account;

/// <summary>
/// A signed-in user types the code that went to an e-mail address or phone number: exactly that one is
/// verified, and where it waited to replace another, it does so now.
/// </summary>
public sealed class VerifyUserAttribute(ProveContact contacts)
    : IUserOperation<VerifyUserAttributeRequest, VerifyUserAttributeResponse>
{
    public async Task<VerifyUserAttributeResponse> Execute(
        VerifyUserAttributeRequest request, SignedInUser user, Call call)
    {
        SignInGate.MustBeConfirmed(user.User);
        CodeDestination.MustBeContact(request.AttributeName);
        await contacts.Prove(user.Pool, user.User, request.AttributeName, request.Code, call);
        return new();
    }
}
