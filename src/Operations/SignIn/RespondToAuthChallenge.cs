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
            new(pool, client, request.ChallengeResponses, request.Session)
            {
                ClientMetadata = request.ClientMetadata,
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
