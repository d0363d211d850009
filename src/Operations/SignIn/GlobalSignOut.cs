using Lifeguard.Contract;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.SignIn;

/// <summary>Signs a user out everywhere: no token of an earlier sign-in is good any more, the one that the
/// call came with included.</summary>
public sealed class GlobalSignOut(EndSignIn end) : IUserOperation<GlobalSignOutRequest, GlobalSignOutResponse>
{
    public async Task<GlobalSignOutResponse> Execute(
        GlobalSignOutRequest request, SignedInUser user, Call call)
    {
        await end.All(user, call);
        return new();
    }
}
