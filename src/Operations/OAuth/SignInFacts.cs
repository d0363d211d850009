using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>What a page has to tell of a sign-in under way, when its last answer is not at hand any
/// more.</summary>
public sealed class SignInFacts(
    ChallengeSessions sessions, UserStore users, FindSignInUser find, FindUserFactors factors,
    DecoyContacts decoys)
{
    /// <summary>Which challenge a session awaits; null for what is no session of the client's
    /// pages.</summary>
    public string? Awaited(AppClient client, string session) =>
        sessions.Find(session, client) is { Progress.IsOnPages: true } opened ? opened.Pending.Name : null;

    /// <summary>Is it a session of the client's, and may it still be answered as far as time goes?</summary>
    public bool Lasts(AppClient client, string session, Call call) =>
        sessions.Find(session, client) is { } opened && opened.ExpiresAt > call.Now;

    /// <summary>Where the code of a session went; null where none was sent.</summary>
    /// <param name="name">As the person has entered it.</param>
    public async Task<SentSignInCode?> SentTo(
        AppClient client, UserPool pool, string session, string name, Call call)
    {
        if (sessions.Find(session, client) is not { Pending.CodeHash: not null } opened) return null;
        var isFirst = !opened.Progress.HasFirstFactor;
        if (opened.Pending.NewContact is { } contact)
            return new(contact.Details, isFirst, IsNewContact: true);
        var user = await users.FindBySub(pool.Id, opened.Sub, call.Cancelled);
        var destination = user is null ? null : CodeDestination.ForFactor(user, opened.Pending.Name);
        // Nobody is told that there is no such user, or that nothing was sent.
        destination ??= decoys.Of(
            pool, user is null ? find.StandIn(pool, name) : SignInUser.Of(user), name, opened.Pending.Name);
        return new(destination.Details, isFirst, IsNewContact: false);
    }

    /// <summary>Could the session go on with another second factor than the one that it awaits?</summary>
    public async Task<bool> HasOtherFactor(AppClient client, UserPool pool, string session, Call call)
    {
        if (sessions.Find(session, client) is not { Progress.HasFirstFactor: true } opened) return false;
        if (opened.Pending.NewContact is not null) return pool.SecondFactors.Count > 1;
        var user = await users.FindBySub(pool.Id, opened.Sub, call.Cancelled);
        return user is not null
            && (await factors.Of(pool, user, call)).Asked(pool, user, opened.Progress).Count > 1;
    }

    /// <summary>The address or number that is being set up, as it was entered; empty for none.</summary>
    public string NewContact(AppClient client, string session) =>
        sessions.Find(session, client)?.Pending.NewContact?.Value ?? "";
}

/// <summary>A code that a sign-in waits for.</summary>
/// <param name="IsFirstFactor">Nothing else is proved so far.</param>
/// <param name="IsNewContact">The address or number is about to become the user's.</param>
public sealed record SentSignInCode(CodeDeliveryDetailsType Details, bool IsFirstFactor, bool IsNewContact);
