using System.Buffers.Text;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.WebAuthn;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Passkeys;

/// <summary>Stores the passkey that an authenticator has made for a signed-in user, after everything that it
/// says has been checked.</summary>
public sealed class CompleteWebAuthnRegistration(
    Database database, PasskeyStore passkeys, PasskeyRegistrations registrations, UserStore users,
    Deployment deployment)
    : IUserOperation<CompleteWebAuthnRegistrationRequest, CompleteWebAuthnRegistrationResponse>
{
    public async Task<CompleteWebAuthnRegistrationResponse> Execute(
        CompleteWebAuthnRegistrationRequest request, SignedInUser user, Call call)
    {
        PasskeyRules.MustBeEnabled(user.Pool);
        // The relying party may have been taken away since the registration was started.
        var party = PasskeyRules.PartyOf(user.Pool, deployment)
            ?? throw PasskeyRefusals.OtherRelyingParty();
        try
        {
            var answer = RegistrationAnswer.Read(request.Credential!.Value);
            var challenge = answer.ReadChallenge();
            var registration = await registrations.Open(challenge, user, call);
            var key = RegistrationCeremony.Verify(
                answer, PasskeyRules.Expect(user.Pool, party, challenge), PasskeyRules.Algorithms);
            await Store(New(user.User, party, answer, key, call), registration, user.User, call);
            return new();
        }
        catch (WebAuthnException refusal)
        {
            throw PasskeyRefusals.Of(refusal.Failure);
        }
    }

    private static Passkey New(
        User user, RelyingParty party, RegistrationAnswer answer, RegisteredKey key, Call call) => new()
        {
            PoolId = user.PoolId,
            Sub = user.Sub,
            CredentialId = Base64Url.EncodeToString(key.Id),
            PublicKey = key.PublicKey,
            SignCount = key.SignCount,
            IsBackupEligible = key.IsBackupEligible,
            Aaguid = key.Aaguid,
            Name = PasskeyNames.Of(key.Aaguid, answer.Attachment),
            RelyingPartyId = party.Id,
            Attachment = answer.Attachment,
            Transports = answer.Transports,
            CreatedAt = call.Now,
        };

    private Task Store(Passkey passkey, PasskeyRegistration registration, User user, Call call) =>
        database.Write(
            async transaction =>
            {
                await users.MustBeCurrent(transaction, user, call.Cancelled);
                await registrations.Spend(transaction, registration, call);
                var count = await passkeys.CountOf(transaction, user.PoolId, user.Sub, call.Cancelled);
                if (count >= PasskeyRules.MaxPerUser) throw PasskeyRefusals.TooMany();
                if (!await passkeys.TryInsert(transaction, passkey, call.Cancelled))
                    throw PasskeyRefusals.AlreadyRegistered();
            },
            call.Cancelled);
}
