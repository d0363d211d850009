using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>CUSTOM_CHALLENGE: the verify trigger judges the answer, and the define trigger says what follows
/// from that.</summary>
public sealed class CustomChallenge(
    ChallengeSessions sessions, OpenChallenge open, ResolveUser resolve, FindSignInUser find,
    FindDevice devices, ChallengeTriggers triggers, DefineSignIn define, Database database)
{
    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        var answer = request.Required("ANSWER");
        ResolveClient.MustKnowSecret(request.Client, request.Optional("SECRET_HASH"), name);
        var session = sessions.Open(
            request.Session ?? throw Reject.InvalidParameter("Missing required parameter Session"),
            request.Client,
            ChallengeNameType.CustomChallenge,
            call.Now);
        call.HidesExistence |= request.Client.HidesUserExistence;
        var who = await Subject(request, session, name, call);
        var deviceKey = request.Optional("DEVICE_KEY");
        await devices.MustBeKnown(request.Pool, session.Sub, deviceKey, call);

        // Before it is judged: of many answers at once a function sees one, however long it takes.
        await database.Write(transaction => open.Spend(transaction, session, call), call.Cancelled);
        var isRight = await Judge(session, DefineSignIn.Subject(request, who, name), answer, call);
        var progress = session.Progress.On(deviceKey)
            .With(new PastChallenge(session.Pending.Name, isRight, session.Pending.Metadata));
        return await define.Next(request, who, progress, call, name: name);
    }

    /// <summary>An answer that the function has not judged is no guess, so it costs no session. One that it
    /// has judged does, whatever fails afterwards: else wrong ones could be tried without end.</summary>
    private async Task<bool> Judge(
        ChallengeSession session, ChallengeSubject subject, string answer, Call call)
    {
        try
        {
            return await triggers.Verify(subject, session.Pending.PrivateParameters, answer, call);
        }
        catch (ApiException refusal) when (TriggerCaller.IsTriggerError(refusal))
        {
            await open.Return(session);
            throw;
        }
    }

    /// <summary>Whose session it is: a user's, or that of a name which nobody has. To clients that hide
    /// existence a user who may not sign in looks like any other until the triggers have spoken.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: somebody else's; what the gate refuses
    /// with.</exception>
    private async Task<SignInUser> Subject(
        SignInRequest request, ChallengeSession session, string name, Call call)
    {
        var (pool, client) = (request.Pool, request.Client);
        if (await resolve.Find(pool, name, call.Cancelled) is not { } user)
            return StandIn(pool, client, session, name);
        if (user.Sub != session.Sub || user.Password?.SetAt != session.PasswordSetAt)
            throw Reject.SessionInvalid();
        SignInGate.BeforePassword(client, user);
        SignInGate.MustNotBeSignedOut(user, session.Progress);
        return SignInUser.Of(user);
    }

    /// <summary>Clients answer with the name that was typed, or with the one that the challenge gave
    /// them.</summary>
    private SignInUser StandIn(UserPool pool, AppClient client, ChallengeSession session, string name)
    {
        if (!client.HidesUserExistence) throw Reject.SessionInvalid();
        if (name == session.Sub) return new(null, name, name);
        var found = find.StandIn(pool, name);
        return found.Sub == session.Sub ? found : throw Reject.SessionInvalid();
    }
}
