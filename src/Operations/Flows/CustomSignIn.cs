using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>CUSTOM_AUTH: the pool's triggers define the sign-in, with or without the password before their
/// own challenges.</summary>
public sealed class CustomSignIn(
    FindSignInUser find, PreAuthentication preAuthentication, DefineSignIn define, RandomSource random)
{
    /// <exception cref="ApiException">What the sign-in of such a user is refused with, and what
    /// <see cref="DefineSignIn"/> throws.</exception>
    public async Task<SignInStep> Start(SignInRequest request, Call call)
    {
        var name = request.Required("USERNAME");
        var clientPublic = ClientPublic(request);
        var (pool, client) = (request.Pool, request.Client);
        ResolveClient.MustKnowSecret(client, request.Optional("SECRET_HASH"), name);

        // Events of somebody who is there are longer, and so the way to the functions and back.
        call.HidesExistence |= client.HidesUserExistence;
        var found = await find.Find(pool, client, name, call.Cancelled);
        if (found.User is { } known) SignInGate.BeforePassword(client, known);
        SignInGate.MustNotBeExternal(client, found.User);
        if (clientPublic is not null) SignInGate.MustHavePassword(client, found.User);
        found = await preAuthentication.Ask(request, found, name, call);
        var progress = SignInProgress.Begin(
            AuthFlowType.CustomAuth, request.Optional("DEVICE_KEY"), random, found.Begins(call.Now));
        if (clientPublic is not null)
            progress = progress.With(new PastChallenge(DefineSignIn.SrpA, Passed: true, Metadata: null));
        return await define.Next(request, found, progress, call, clientPublic, name);
    }

    /// <summary>A, for who wants to prove the password first; null for who does not.</summary>
    private static byte[]? ClientPublic(SignInRequest request)
    {
        switch (request.Optional("CHALLENGE_NAME"))
        {
            case ChallengeNameType.CustomChallenge:
                return null;
            case DefineSignIn.SrpA:
                return SrpExchange.ClientPublic(request.Required(DefineSignIn.SrpA));
            case null:
                return request.Optional(DefineSignIn.SrpA) is { } a ? SrpExchange.ClientPublic(a) : null;
            default:
                // In own words.
                throw Reject.InvalidParameter("CHALLENGE_NAME must be SRP_A or CUSTOM_CHALLENGE.");
        }
    }
}
