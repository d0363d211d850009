using System.Buffers.Text;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Domain.SignIns;
using Lifeguard.Protocol.WebAuthn;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>WEB_AUTHN: the user proves to have a passkey. Where that was with user verification, and pool and
/// user have it so, it is as good as two factors.</summary>
public sealed class PasskeyChallenge(
    OpenFirstFactor open, OpenChallenge sessions, PasskeyStore passkeys, CompleteSignIn complete)
{
    private const string Parameter = "CREDENTIAL";

    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var (session, offer) = await open.Open(request, ChallengeNameType.WebAuthn, call, Parameter);
        return await Prove(request, session, offer, call);
    }

    /// <summary>The sign-in after the proof in the answer.</summary>
    /// <exception cref="ApiException">NotAuthorizedException: no proof; InvalidParameterException: no
    /// credential at all.</exception>
    public async Task<SignInStep> Prove(
        SignInRequest request, ChallengeSession session, FirstFactorOffer offer, Call call)
    {
        var pool = request.Pool;
        var (passkey, proof) = Verify(request, session, offer);
        var user = offer.Found.User!;
        SignInGate.AfterPassword(pool, user, call.Now);
        var key = passkey.IsBackupEligible ? AuthMethods.SoftwareKey : AuthMethods.HardwareKey;
        var progress = proof.UserVerified && FirstFactors.PasskeyIsBothFactors(pool, user)
            ? session.Progress.WithBothFactors(key)
            : session.Progress.WithFirstFactor(key);
        return await complete.Next(request, user, progress, call, Write);

        async Task Write(Transaction transaction)
        {
            await sessions.Spend(transaction, session, call);
            if (proof.SignCount != passkey.SignCount
                && !await passkeys.TryCount(transaction, passkey, proof.SignCount, call.Cancelled))
                throw Reject.WrongPassword();
        }
    }

    private static (Passkey Passkey, KeyProof Proof) Verify(
        SignInRequest request, ChallengeSession session, FirstFactorOffer offer)
    {
        try
        {
            var answer = AssertionAnswer.Read(request.Required(Parameter));
            var id = Base64Url.EncodeToString(answer.Id);
            // None is left where passkeys, the relying party or this one were taken away meanwhile.
            var passkey = offer.Challenges.Contains(ChallengeNameType.WebAuthn)
                ? offer.Passkeys.FirstOrDefault(each => each.CredentialId == id)
                : null;
            if (passkey is null) throw Reject.WrongPassword();
            var expected = PasskeyRules.Expect(
                request.Pool,
                new(passkey.RelyingPartyId),
                session.Pending.PasskeyChallenge ?? throw Reject.SessionInvalid(),
                offer.Found.User);
            var stored = new StoredKey(
                answer.Id, passkey.PublicKey, passkey.SignCount, passkey.IsBackupEligible,
                PasskeyOptions.HandleOf(passkey.Sub));
            return (passkey, AssertionCeremony.Verify(answer, expected, stored));
        }
        catch (WebAuthnException refusal)
        {
            throw refusal.Failure == WebAuthnFailure.Malformed
                ? PasskeyRefusals.Invalid()
                : Reject.WrongPassword();
        }
    }
}
