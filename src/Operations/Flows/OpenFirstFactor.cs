using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// What every answer to the first challenge of a choice-based sign-in begins with. Nothing is proved yet, so
/// unlike <see cref="OpenChallenge"/> it says nothing about the user, who may not even exist.
/// </summary>
public sealed class OpenFirstFactor(
    ChallengeSessions sessions, FindSignInUser find, OfferFirstFactors offers, SpentStore spent)
{
    /// <summary>The session, and what its user may begin with now.</summary>
    /// <param name="challenge">The one it has to await; null for any.</param>
    /// <param name="required">Responses that must be there besides USERNAME.</param>
    /// <exception cref="ApiException">The first thing that is wrong, in the service's order.</exception>
    public async Task<OpenedFirstFactor> Open(
        SignInRequest request, string? challenge, Call call, params string[] required)
    {
        var name = request.Required("USERNAME");
        foreach (var each in required) request.Required(each);
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);
        var session = Read(request, challenge, call);
        var found = await find.Find(request.Pool, request.Client, name, call.Cancelled);
        if (found.Sub != session.Sub || found.User?.Password?.SetAt != session.PasswordSetAt)
            throw Reject.SessionInvalid();
        if (found.User is { } user) SignInGate.MustNotBeSignedOut(user, session.Progress);
        if (await spent.IsSpent(request.Pool.Id, session.Id, call.Cancelled)) throw Reject.SessionSpent();
        return new(session, await offers.To(request.Pool, found, name, session.Progress, call));
    }

    /// <summary>Does the session of an answer await the first factor, or a second one?</summary>
    public bool IsFirst(SignInRequest request) =>
        request.Session is { } session
        && sessions.Find(session, request.Client) is { } opened
        && Begins(opened);

    private ChallengeSession Read(SignInRequest request, string? challenge, Call call)
    {
        var given = request.Session ?? throw Reject.InvalidParameter("Missing required parameter Session");
        var session = sessions.Find(given, request.Client) ?? throw Reject.SessionInvalid();
        if (!Begins(session)
            || session.Progress.IsOnPages != request.IsOnPages
            || (challenge is not null && session.Pending.Name != challenge))
            throw Reject.SessionInvalid();
        return session.ExpiresAt > call.Now ? session : throw Reject.SessionExpired();
    }

    private static bool Begins(ChallengeSession session) =>
        session.Progress is { Flow: AuthFlowType.UserAuth, HasFirstFactor: false }
        && !SignUpSessions.IsOne(session);
}

/// <summary>A session that awaits the first factor, and what may be offered now.</summary>
public sealed record OpenedFirstFactor(ChallengeSession Session, FirstFactorOffer Offer);
