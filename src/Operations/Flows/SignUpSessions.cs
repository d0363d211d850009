using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Lets somebody who has just registered and typed the code sign in without being asked anything more (doc):
/// SignUp hands out a session, ConfirmSignUp changes it for another, and USER_AUTH takes that, once.
/// </summary>
public sealed class SignUpSessions(
    ChallengeSessions sessions, OpenChallenge open, CompleteSignIn complete, RandomSource random)
{
    private const string Registered = "SIGN_UP";
    private const string Confirmed = "CONFIRM_SIGN_UP";

    /// <summary>The session of a new user; null where the client has no choice-based sign-in.</summary>
    public string? Begin(AppClient client, User user, DateTimeOffset now) => client.AllowsChoice
        ? Begin(client, user, Registered, now)
        : null;

    /// <summary>The session of somebody who has just registered on the pages of a domain, good for the
    /// sign-in once the registration is confirmed.</summary>
    public string BeginOnPages(AppClient client, User user, DateTimeOffset now) => sessions.Begin(
        client,
        user,
        SignInProgress.Begin(AuthFlowType.UserAuth, null, random, now) with { IsOnPages = true },
        new(Confirmed),
        now);

    /// <summary>The <c>sub</c> of who has registered on the pages of a domain and has this session of it,
    /// expired or not; null for what is none.</summary>
    public string? RegisteredOnPages(string session, AppClient client) =>
        sessions.Find(session, client) is { Pending.Name: Confirmed, Progress.IsOnPages: true } opened
            ? opened.Sub
            : null;

    /// <summary>The <c>sub</c> of whose registration a session is, expired or not; null where none was
    /// sent.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: SignUp did not give it to this
    /// client.</exception>
    public string? OwnerOf(string? session, AppClient client)
    {
        if (session is null) return null;
        return sessions.Find(session, client) is { Pending.Name: Registered } opened
            ? opened.Sub
            : throw Reject.SessionInvalid();
    }

    /// <summary>The session for the sign-in; null where none was sent, or where the code took longer than
    /// the session: it is right nevertheless.</summary>
    public string? Next(string? session, AppClient client, User user, DateTimeOffset now) =>
        session is not null && sessions.Find(session, client) is { } opened
        && opened.Sub == user.Sub && opened.ExpiresAt > now
            ? Begin(client, user, Confirmed, now)
            : null;

    /// <summary>The sign-in of whom ConfirmSignUp gave the session. A second factor is asked for
    /// nevertheless.</summary>
    /// <exception cref="ApiException">NotAuthorizedException, and what the gate refuses with.</exception>
    public async Task<SignInStep> SignIn(SignInRequest request, User? user, Call call)
    {
        var session = sessions.Open(request.Session!, request.Client, Confirmed, call.Now);
        if (session.Progress.IsOnPages != request.IsOnPages) throw Reject.SessionInvalid();
        await open.MustBeGood(request.Pool, session, user, call);
        return await complete.Next(
            request,
            user!,
            Progress(request, session, user!),
            call,
            transaction => open.Spend(transaction, session, call));
    }

    /// <summary>The code that confirmed the registration went to the contact that it verified.</summary>
    private static SignInProgress Progress(SignInRequest request, ChallengeSession session, User user)
    {
        var byMail = user.Attributes.IsTrue(AttributeNames.VerifiedFlag(AttributeNames.Email));
        return (session.Progress with { AskedLevels = request.AskedLevels })
            .WithFirstFactor(byMail ? AuthMethods.EmailCode : AuthMethods.Sms);
    }

    /// <summary>Is this a session of a registration, which no challenge waits for?</summary>
    internal static bool IsOne(ChallengeSession session) => session.Pending.Name is Registered or Confirmed;

    private string Begin(AppClient client, User user, string step, DateTimeOffset now) => sessions.Begin(
        client, user, SignInProgress.Begin(AuthFlowType.UserAuth, null, random, now), new(step), now);
}
