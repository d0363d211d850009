using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.SignIn;

/// <summary>A server answers a challenge on a user's behalf.
/// It leads to tokens or to the next challenge.</summary>
public sealed class AdminRespondToAuthChallenge(PoolStore pools, ClientStore clients, Challenges challenges)
    : IAdminOperation<AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse>
{
    public async Task<AdminRespondToAuthChallengeResponse> Execute(
        AdminRespondToAuthChallengeRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
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
