using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>SELECT_CHALLENGE, PASSWORD and PASSWORD_SRP: the user chooses how to begin, or goes on with what
/// was chosen.</summary>
public sealed class FirstFactorChallenges(OpenFirstFactor open, TakeFirstFactor take)
{
    private const string Parameter = "ANSWER";

    /// <summary>The user chooses, or changes to another way in: any session of the same beginning will
    /// do.</summary>
    public async Task<SignInStep> Select(SignInRequest request, Call call)
    {
        var (session, offer) = await open.Open(request, challenge: null, call, Parameter);
        var answer = request.Required(Parameter);
        // The words are our own.
        if (!offer.Challenges.Contains(answer)) throw Reject.InvalidParameter("Invalid challenge selected.");
        return await take.Take(answer, request, offer, session.Progress, session, call);
    }

    public Task<SignInStep> Password(SignInRequest request, Call call) =>
        Answer(ChallengeNameType.Password, "PASSWORD", request, call);

    public Task<SignInStep> Srp(SignInRequest request, Call call) =>
        Answer(ChallengeNameType.PasswordSrp, "SRP_A", request, call);

    private async Task<SignInStep> Answer(
        string challenge, string required, SignInRequest request, Call call)
    {
        var (session, offer) = await open.Open(request, challenge, call, required);
        // Taken from the pool's or the user's ways in meanwhile.
        if (!offer.Challenges.Contains(challenge)) throw Reject.SessionInvalid();
        return await take.Take(challenge, request, offer, session.Progress, session, call);
    }
}
