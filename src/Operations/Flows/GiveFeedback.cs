using Lifeguard.Domain;
using Lifeguard.Domain.Risk;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Notes what somebody says about an event. Later sign-ins are compared with that.</summary>
public sealed class GiveFeedback(
    AuthEventStore events, FeedbackTokens tokens, PoolStore pools, Database database, TimeProvider clock)
{
    /// <summary>On an event of this user.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: there is no such event.</exception>
    public async Task On(
        string poolId, string sub, string eventId, AuthEventFeedback feedback, CancellationToken cancellation)
    {
        var isThere = await database.Write(
            transaction => events.SetFeedback(transaction, poolId, sub, eventId, feedback, cancellation),
            cancellation);
        if (!isThere) throw RiskRefusals.NoEvent();
    }

    /// <summary>By a link of a mail; false where it is not good, or no longer.</summary>
    /// <param name="value">One of <see cref="Contract.FeedbackValueType"/>.</param>
    public async Task<bool> ByLink(
        string poolId, string token, string value, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (tokens.Open(poolId, token, now) is not { } subject) return false;
        if (await pools.Find(poolId, cancellation) is not { IsWatched: true }) return false;
        var feedback = new AuthEventFeedback(value, AuthEventFeedback.ByUser, now);
        return await database.Write(
            transaction => events.SetFeedback(
                transaction, poolId, subject.Sub, subject.EventId, feedback, cancellation),
            cancellation);
    }
}
