using Lifeguard.Domain;
using Lifeguard.Domain.Passkeys;
using Lifeguard.Domain.SignIns;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Finds out how somebody may begin a choice-based sign-in. Nobody, and users who have no way in,
/// are offered what others have; nothing that they answer is right.</summary>
public sealed class OfferFirstFactors(
    PasskeyStore passkeys, FindUserFactors find, Deployment deployment)
{
    /// <param name="name">By which the user is called, as it was typed.</param>
    /// <param name="progress">Of the sign-in, which may go for a level of authentication.</param>
    public async Task<FirstFactorOffer> To(
        UserPool pool, SignInUser found, string name, SignInProgress progress, Call call)
    {
        // Of nobody there is nothing to read, but not to look would tell by its time.
        var keys = await Usable(pool, found.Sub, call);
        var factors = await find.Of(pool, found.Sub, call);
        if (found.User is { Enabled: true } user)
        {
            var challenges = FirstFactors.Of(pool, user, factors, keys.Count > 0, progress);
            if (challenges.Count > 0) return new(found, challenges, keys, IsReal: true);
        }

        return new(found, FirstFactors.OfNobody(pool, name, progress), [], IsReal: false);
    }

    /// <summary>Passkeys for another relying party cannot be asked for.</summary>
    private async Task<IReadOnlyList<Passkey>> Usable(UserPool pool, string sub, Call call)
    {
        if (!PasskeyRules.IsEnabled(pool)) return [];
        if (PasskeyRules.PartyOf(pool, deployment) is not { } party) return [];
        var all = await passkeys.OfUser(pool.Id, sub, call.Cancelled);
        return [.. all.Where(passkey => passkey.RelyingPartyId == party.Id)];
    }
}

/// <summary>How somebody may begin a sign-in.</summary>
/// <param name="Challenges">To choose from, in the order in which answers list them.</param>
/// <param name="Passkeys">Those that may be asked for.</param>
/// <param name="IsReal">False where it is a pretence.</param>
public sealed record FirstFactorOffer(
    SignInUser Found, IReadOnlyList<string> Challenges, IReadOnlyList<Passkey> Passkeys, bool IsReal)
{
    /// <summary>Where the code of a challenge goes; null for nowhere.</summary>
    public CodeDestination? DestinationOf(string challenge) =>
        IsReal && Challenges.Contains(challenge) ? CodeDestination.ForFactor(Found.User!, challenge) : null;
}
