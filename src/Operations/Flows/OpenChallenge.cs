using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// What every answer to a challenge begins with: the session is good for this pool, client, user and
/// challenge, and the user may still sign in.
/// </summary>
public sealed class OpenChallenge(
    ChallengeSessions sessions, ResolveUser resolve, FindDevice devices, SpentStore spent)
{
    /// <summary>The session and its user. Every answer may name the device that the client runs on
    /// (doc).</summary>
    /// <param name="required">Responses that must be there besides USERNAME.</param>
    /// <exception cref="ApiException">The first thing that is wrong, in the service's order.</exception>
    public async Task<OpenedChallenge> Open(
        SignInRequest request, string challenge, Call call, params string[] required)
    {
        var name = request.Required("USERNAME");
        foreach (var each in required) request.Required(each);
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);
        var session = sessions.Open(
            request.Session ?? throw Reject.InvalidParameter("Missing required parameter Session"),
            request.Client,
            challenge,
            call.Now);
        if (session.Progress.IsOnPages != request.IsOnPages) throw Reject.SessionInvalid();
        var user = await resolve.Find(request.Pool, name, call.Cancelled);
        await MustBeGood(request.Pool, session, user, call);
        var deviceKey = request.Optional("DEVICE_KEY");
        await devices.MustBeKnown(request.Pool, session.Sub, deviceKey, call);
        var progress = session.Progress.On(deviceKey);
        call.SignIn = (progress.EventId, progress.DeviceKey);
        return new(session with { Progress = progress }, user!);
    }

    /// <summary>Refuses a session that is not this user's, was used up, or lost its ground since: another
    /// password, a sign-out, a status that lets nobody in.</summary>
    /// <exception cref="ApiException">NotAuthorizedException, and what the gate refuses with.</exception>
    public async Task MustBeGood(UserPool pool, ChallengeSession session, User? user, Call call)
    {
        if (user is null || user.Sub != session.Sub || user.Password?.SetAt != session.PasswordSetAt)
            throw Reject.SessionInvalid();
        SignInGate.AfterPassword(pool, user, call.Now);
        SignInGate.MustNotBeSignedOut(user, session.Progress);
        if (await spent.IsSpent(pool.Id, session.Id, call.Cancelled)) throw Reject.SessionSpent();
    }

    /// <summary>Uses the session up, within the transaction of what it leads to.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: another call was faster.</exception>
    public async Task Spend(Transaction transaction, ChallengeSession session, Call call)
    {
        var isFirst = await spent.TrySpend(
            transaction, session.PoolId, session.Id, session.ExpiresAt, call.Cancelled);
        if (!isFirst) throw Reject.SessionSpent();
    }

    /// <summary>Takes the use of the session back: nothing has come of it.</summary>
    public Task Return(ChallengeSession session) =>
        spent.Return(session.PoolId, session.Id, CancellationToken.None);
}

/// <summary>A session with its user as stored now.</summary>
public sealed record OpenedChallenge(ChallengeSession Session, User User);
