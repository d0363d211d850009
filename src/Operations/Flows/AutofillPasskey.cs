using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Domain.SignIns;
using Lifeguard.Protocol.WebAuthn;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Passkeys that a browser offers before anybody has typed a name (WebAuthn §5.1.4, conditional
/// mediation): whose one is shows only in the answer.</summary>
public sealed class AutofillPasskey(
    ChallengeSessions sessions, UserStore users, SpentStore spent, OfferFirstFactors offers,
    PasskeyChallenge passkeys, PreAuthentication preAuthentication, UserAfterTrigger after, WeighSignIn risks,
    AuthEvents events, Deployment deployment, RandomSource random)
{
    private const string Offered = "OFFERED_PASSKEY";
    private const int ChallengeLength = 32;

    private static readonly SignInUser Nobody = new(null, "", "");

    /// <summary>The request for any passkey of the relying party, and the session that awaits one; null where
    /// users of the client sign in without passkeys.</summary>
    public (string Options, string Session)? Offer(AppClient client, UserPool pool, Call call)
    {
        if (!client.AllowsChoice || !PasskeyRules.IsEnabled(pool)) return null;
        if (PasskeyRules.PartyOf(pool, deployment) is not { } party) return null;
        var challenge = random.Bytes(ChallengeLength);
        var progress = SignInProgress.Begin(AuthFlowType.UserAuth, null, random, call.Now) with
        {
            IsOnPages = true,
        };
        var pending = new PendingChallenge(Offered) { PasskeyChallenge = challenge };
        return (
            PasskeyOptions.ForRequest(party, challenge, [], PasskeyRules.Verification(pool)),
            sessions.Begin(client, Nobody, progress, pending, call.Now));
    }

    /// <summary>The sign-in of whom the passkey names.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: no proof, or the session is not good; and what
    /// the gate refuses with.</exception>
    public Task<SignInStep> Answer(SignInRequest request, Call call) =>
        events.SignIn(ChallengeNameType.WebAuthn, request, call, () => Judge(request, call));

    private async Task<SignInStep> Judge(SignInRequest request, Call call)
    {
        request = request with { Pool = call.Seen(request.Pool) };
        await risks.MustComeFromElsewhere(request, call);
        var opened = sessions.Open(request.Session!, request.Client, Offered, call.Now);
        if (await spent.IsSpent(request.Pool.Id, opened.Id, call.Cancelled)) throw Reject.SessionSpent();
        if (await UserOf(request, call) is not { } user) throw Reject.WrongPassword();
        var found = SignInUser.Of(user);
        found = await preAuthentication.Ask(request, found, user.Username, call);
        var progress = after.Since(user, found.User, opened.Progress);
        var session = opened with
        {
            Sub = user.Sub,
            Pending = opened.Pending with { Name = ChallengeNameType.WebAuthn },
            Progress = progress with { AskedLevels = request.AskedLevels },
        };
        // A passkey that was offered is taken, whatever else its owner could begin with.
        var offer = await offers.To(request.Pool, found, user.Username, progress, call);
        return await passkeys.Prove(request, session, offer, call);
    }

    /// <summary>What the authenticator says is believed once the signature is verified.</summary>
    private async Task<User?> UserOf(SignInRequest request, Call call)
    {
        try
        {
            var handle = AssertionAnswer.Read(request.Required("CREDENTIAL")).UserHandle;
            return PasskeyOptions.SubOf(handle) is { } sub
                ? await users.FindBySub(request.Pool.Id, sub, call.Cancelled)
                : null;
        }
        catch (WebAuthnException)
        {
            throw PasskeyRefusals.Invalid();
        }
    }
}
