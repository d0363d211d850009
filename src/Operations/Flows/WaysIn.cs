using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Whether the way by which somebody has signed in still leads into the account. All that is gone on with
/// passes here, whatever closed the way: sessions of browsers, codes, refresh and access tokens. Nothing is
/// ended when a way is closed, so no operation can forget to, and a provider may have any number of users.
/// </summary>
public sealed class WaysIn(UserIdentityStore identities)
{
    /// <summary>By another provider: the very identity is still linked to the user, and the provider is
    /// there; one that comes back for the same party opens what it opened. By anything else: the user has a
    /// way in here, and not at other providers alone. The service says only that nobody signs in so any more
    /// (doc); whoever takes a way in away means what was made by it as well (inferred).</summary>
    /// <param name="eventId">Of the sign-in.</param>
    public async Task<bool> IsOpen(User user, string eventId, Call call)
    {
        if (!RandomSource.IsFederated(eventId)) return !user.IsExternal;
        var open = await identities.OpenMarks(user, call.Cancelled);
        return open.Contains(RandomSource.MarkOf(eventId));
    }

    /// <summary>May somebody who once signed in on the pages of a domain go on with it?</summary>
    /// <param name="eventId">Of the sign-in.</param>
    public async Task<bool> MayStay(User user, string eventId, Call call) =>
        SignInGate.MayStay(user, eventId) && await IsOpen(user, eventId, call);
}
