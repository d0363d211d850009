using Lifeguard.Contract;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.SignIn;

/// <summary>A client answers a challenge. It leads to tokens or to the next challenge.</summary>
public sealed class RespondToAuthChallenge(ResolveClient clients, Challenges challenges)
    : IPublicOperation<RespondToAuthChallengeRequest, RespondToAuthChallengeResponse>
{
    public async Task<RespondToAuthChallengeResponse> Execute(
        RespondToAuthChallengeRequest request, Call call)
    {
        var (pool, client) = await clients.Get(request.ClientId, call.Cancelled);
        var step = await challenges.Answer(
            request.ChallengeName,
            new(pool, client, request.ChallengeResponses ?? NoParameters, request.Session, request.ClientMetadata),
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
