using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Hands out the challenges by which a choice-based sign-in begins. Each lists the others, which the
/// user may change to.</summary>
public sealed class PoseFirstFactor(
    ChallengeSessions sessions, SignInCodes codes, HourlyLimits limits, CompleteSignIn complete,
    RandomSource random, Deployment deployment)
{
    /// <summary>Codes by e-mail that begin a sign-in are longer than others (observed).</summary>
    private const int EmailDigits = 8;

    private const int SmsDigits = 6;

    private const int ChallengeLength = 32;

    /// <summary>One of <see cref="FirstFactors.InOrder"/>, or SELECT_CHALLENGE.</summary>
    /// <exception cref="ApiException">TooManyRequestsException: enough codes were sent;
    /// PasswordResetRequiredException; one of the three trigger errors.</exception>
    public async Task<SignInStep> Pose(
        string challenge, SignInRequest request, FirstFactorOffer offer, SignInProgress progress, Call call)
    {
        var step = challenge switch
        {
            ChallengeNameType.EmailOtp or ChallengeNameType.SmsOtp =>
                await Code(challenge, request, offer, progress, call),
            ChallengeNameType.WebAuthn => Passkey(request, offer, progress, call),
            _ => Plain(challenge, request, offer, progress, call),
        };
        return step with { Available = offer.Challenges };
    }

    private SignInStep Plain(
        string challenge, SignInRequest request, FirstFactorOffer offer, SignInProgress progress,
        Call call) => SignInStep.Challenged(
        challenge,
        new Dictionary<string, string>(),
        sessions.Begin(request.Client, offer.Found, progress, new(challenge), call.Now));

    private SignInStep Passkey(
        SignInRequest request, FirstFactorOffer offer, SignInProgress progress, Call call)
    {
        var pool = request.Pool;
        var challenge = random.Bytes(ChallengeLength);
        var pending = new PendingChallenge(ChallengeNameType.WebAuthn) { PasskeyChallenge = challenge };
        var options = PasskeyOptions.ForRequest(
            PasskeyRules.PartyOf(pool, deployment)!,
            challenge,
            offer.Passkeys,
            PasskeyRules.Verification(pool, offer.Found.User));
        return SignInStep.Challenged(
            ChallengeNameType.WebAuthn,
            new Dictionary<string, string> { ["CREDENTIAL_REQUEST_OPTIONS"] = options },
            sessions.Begin(request.Client, offer.Found, progress, pending, call.Now));
    }

    /// <summary>Anybody can have codes sent to anybody, so how many are sent in an hour is bounded; the same
    /// for names that nobody has.</summary>
    private async Task<SignInStep> Code(
        string challenge, SignInRequest request, FirstFactorOffer offer, SignInProgress progress, Call call)
    {
        var (pool, sub) = (request.Pool, offer.Found.Sub);
        call.HidesExistence |= request.Client.HidesUserExistence;
        SignInGate.BeforeCode(request.Client, offer.Found.User);
        await limits.MustBeWithin(pool.Id, sub, AttemptKind.SignInCode, call);
        var digits = challenge == ChallengeNameType.EmailOtp ? EmailDigits : SmsDigits;
        var posed = offer.DestinationOf(challenge) is { } destination
            ? await codes.Pose(
                request, offer.Found.User!, progress, new(challenge, destination, digits), call)
            : codes.Pretend(request, offer.Found, progress, challenge, call);
        return await complete.Commit(
            posed,
            transaction => limits.Count(transaction, pool.Id, sub, AttemptKind.SignInCode, call),
            call);
    }
}
