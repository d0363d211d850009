using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Passkeys;

/// <summary>Hands a signed-in user what a browser needs to make a passkey. The challenge in it is good for
/// five minutes, for this user on this app client, and for one passkey.</summary>
public sealed class StartWebAuthnRegistration(
    PasskeyStore passkeys, PasskeyRegistrations registrations, Deployment deployment)
    : IUserOperation<StartWebAuthnRegistrationRequest, StartWebAuthnRegistrationResponse>
{
    public async Task<StartWebAuthnRegistrationResponse> Execute(
        StartWebAuthnRegistrationRequest request, SignedInUser user, Call call)
    {
        var pool = user.Pool;
        PasskeyRules.MustBeEnabled(pool);
        var party = PasskeyRules.PartyOf(pool, deployment) ?? throw PasskeyRefusals.NoRelyingParty();
        var existing = await passkeys.OfUser(pool.Id, user.User.Sub, call.Cancelled);
        if (existing.Count >= PasskeyRules.MaxPerUser) throw PasskeyRefusals.TooMany();
        var challenge = registrations.Begin(user, call.Now);
        return new()
        {
            CredentialCreationOptions = PasskeyOptions.ForCreation(
                pool, user.User, party, challenge, existing),
        };
    }
}
