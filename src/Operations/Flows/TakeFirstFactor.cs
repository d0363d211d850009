using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>Begins the way in that was chosen: with what proves it where the client has sent that along, and
/// else by asking for it.</summary>
public sealed class TakeFirstFactor(
    PasswordSignIn password, SrpSignIn srp, PasskeyChallenge passkey, PoseFirstFactor pose)
{
    /// <param name="challenge">One that is offered, or SELECT_CHALLENGE.</param>
    /// <param name="session">The session that the choice came with; null at the beginning.</param>
    public async Task<SignInStep> Take(
        string challenge, SignInRequest request, FirstFactorOffer offer, SignInProgress progress,
        ChallengeSession? session, Call call) => challenge switch
        {
            ChallengeNameType.Password when request.Optional("PASSWORD") is not null =>
                await password.Prove(request, offer.Found, () => progress, session, call),
            ChallengeNameType.PasswordSrp when request.Optional("SRP_A") is not null =>
                Offering(offer, await srp.Challenge(request, offer.Found, progress, call)),
            ChallengeNameType.WebAuthn when session?.Pending.PasskeyChallenge is not null
                && request.Optional("CREDENTIAL") is not null =>
                await passkey.Prove(request, session, offer, call),
            _ => await pose.Pose(challenge, request, offer, progress, call),
        };

    /// <summary>The user may still change to another way in.</summary>
    private static SignInStep Offering(FirstFactorOffer offer, SignInStep step) =>
        step with { Available = offer.Challenges };
}
