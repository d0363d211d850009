using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.SignIn;

/// <summary>A server begins a sign-in on a user's behalf.
/// It leads to tokens or to the first challenge.</summary>
public sealed class AdminInitiateAuth(PoolStore pools, ClientStore clients, AuthFlows flows)
    : IAdminOperation<AdminInitiateAuthRequest, AdminInitiateAuthResponse>
{
    public async Task<AdminInitiateAuthResponse> Execute(AdminInitiateAuthRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var step = await flows.Start(
            request.AuthFlow,
            byAdministrator: true,
            new(pool, client, request.AuthParameters, request.Session)
            {
                ValidationData = request.ClientMetadata,
            },
            call);
        return new()
        {
            ChallengeName = step.Challenge,
            ChallengeParameters = step.Parameters,
            Session = step.Session,
            AuthenticationResult = step.Tokens,
            AvailableChallenges = step.Available,
        };
    }
}
