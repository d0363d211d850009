using Lifeguard.Contract;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.SignIn;

/// <summary>A client begins a sign-in. It leads to tokens or to the first challenge.</summary>
public sealed class InitiateAuth(ResolveClient clients, AuthFlows flows)
    : IPublicOperation<InitiateAuthRequest, InitiateAuthResponse>
{
    public async Task<InitiateAuthResponse> Execute(InitiateAuthRequest request, Call call)
    {
        var (pool, client) = await clients.Get(request.ClientId, call.Cancelled);
        var step = await flows.Start(
            request.AuthFlow,
            byAdministrator: false,
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
