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
