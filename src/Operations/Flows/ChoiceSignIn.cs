using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>USER_AUTH: the client names the way in that it prefers, or asks which ones there are and lets the
/// user choose. It may go for a level of authentication, of which an access token may have proved a part
/// (doc).</summary>
public sealed class ChoiceSignIn(
    FindSignInUser find, PreAuthentication preAuthentication, OfferFirstFactors offers,
    TakeFirstFactor take, SignUpSessions signUps, StepUpRequests stepUp, FindUserFactors factors,
    CompleteSignIn complete, RandomSource random)
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
        if (!request.IsOnPages) request = request with { AskedLevels = StepUpRequests.Levels(request) };

        var (pool, client) = (request.Pool, request.Client);
        call.HidesExistence |= client.HidesUserExistence;
        var found = await find.Find(pool, client, name, call.Cancelled);
        var credit = await stepUp.Credit(request, found.User, call);
        if (found.User is { } known) SignInGate.BeforeChoice(client, known);
        SignInGate.MustNotBeExternal(client, found.User);
        SignInGate.MustHavePassword(client, found.User);
        found = await preAuthentication.Ask(request, found, name, call);
        if (request.Session is not null) return await signUps.SignIn(request, found.User, call);

        var progress = Begin(request, found, call);
        var credited = progress.WithCredit(credit);
        if (found.User is { } user && await LacksSecondFactor(pool, user, credited, call))
            return await GoOn(request, user, credited, call);
        // A password that was proved once is no second proof of itself.
        return await Offer(request, found, credited.HasFirstFactor ? progress : credited, preferred, call);
    }

    private async Task<SignInStep> Offer(
        SignInRequest request, SignInUser found, SignInProgress progress, string? preferred, Call call)
    {
        var offer = await offers.To(request.Pool, found, request.Required("USERNAME"), progress, call);
        // What the user cannot do is no reason to refuse: the others are offered instead (observed).
        var challenge = preferred is not null && offer.Challenges.Contains(preferred)
            ? preferred
            : ChallengeNameType.SelectChallenge;
        return await take.Take(challenge, request, offer, progress, null, call);
    }

    private SignInProgress Begin(SignInRequest request, SignInUser found, Call call) => SignInProgress.Begin(
        AuthFlowType.UserAuth, request.Optional("DEVICE_KEY"), random, found.Begins(call.Now)) with
    {
        AskedLevels = request.AskedLevels,
        IsOnPages = request.IsOnPages,
    };

    /// <summary>Is the password proved by an access token, and is a second factor what the level still lacks?
    /// Without anything to be proved anew a token would beget others for ever.</summary>
    private async Task<bool> LacksSecondFactor(
        UserPool pool, User user, SignInProgress credited, Call call) =>
        credited.HasFirstFactor
        && StepUp.Missing(pool, user, await factors.Of(pool, user, call), credited).Count > 0;

    private Task<SignInStep> GoOn(SignInRequest request, User user, SignInProgress credited, Call call)
    {
        SignInGate.AfterPassword(request.Pool, user, call.Now);
        return complete.Next(request, user, credited, call);
    }
}
