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
            new(pool, client, request.AuthParameters ?? NoParameters, request.Session, request.ClientMetadata),
            call);
        return step switch
        {
            SignInStep.Challenged challenge => new()
            {
                ChallengeName = challenge.Name,
                ChallengeParameters = challenge.Parameters,
                Session = challenge.Session,
            },
            SignInStep.SignedIn signedIn => new()
            {
                AuthenticationResult = signedIn.Tokens,
                ChallengeParameters = NoParameters,
            },
            _ => throw new InvalidOperationException("A new kind of sign-in step is not handled."),
        };
    }

    private static readonly IReadOnlyDictionary<string, string> NoParameters = new Dictionary<string, string>();
}
