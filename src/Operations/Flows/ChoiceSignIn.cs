using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>USER_AUTH: the client names the way in that it prefers, or asks which ones there are and lets the
/// user choose.</summary>
public sealed class ChoiceSignIn(
    FindSignInUser find, PreAuthentication preAuthentication, OfferFirstFactors offers,
    TakeFirstFactor take, SignUpSessions signUps, RandomSource random)
{
    private const string Preference = "PREFERRED_CHALLENGE";

    public async Task<SignInStep> Start(SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        var preferred = request.Optional(Preference);
        // The words are our own.
        if (preferred is not null && !FirstFactors.InOrder.Contains(preferred))
            throw Reject.InvalidParameter($"Invalid {Preference}.");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);

        var (pool, client) = (request.Pool, request.Client);
        var found = await find.Find(pool, client, name, call.Cancelled);
        if (found.User is { } known) SignInGate.BeforeChoice(client, known);
        SignInGate.MustHavePassword(client, found.User);
        await preAuthentication.Ask(request, found, name, call);
        if (request.Session is not null) return await signUps.SignIn(request, found.User, call);

        var offer = await offers.To(pool, found, call);
        var progress = SignInProgress.Begin(
            AuthFlowType.UserAuth, request.Optional("DEVICE_KEY"), random, call.Now) with
        {
            IsOnPages = request.IsOnPages,
        };
        // What the user cannot do is no reason to refuse: the others are offered instead (observed).
        var challenge = preferred is not null && offer.Challenges.Contains(preferred)
            ? preferred
            : ChallengeNameType.SelectChallenge;
        return await take.Take(challenge, request, offer, progress, null, call);
    }
}
