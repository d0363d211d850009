using Lifeguard.Contract;
using Lifeguard.Domain.Risk;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Risk;

/// <summary>A user says, with the token of a mail, whether an event was the own doing. Without a good token
/// nothing is told of any user.</summary>
public sealed class UpdateAuthEventFeedback(
    WatchedPools pools, ResolveUser resolve, FeedbackTokens tokens, GiveFeedback feedback)
    : IPublicOperation<UpdateAuthEventFeedbackRequest, UpdateAuthEventFeedbackResponse>
{
    public async Task<UpdateAuthEventFeedbackResponse> Execute(
        UpdateAuthEventFeedbackRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var subject = tokens.Open(pool.Id, request.FeedbackToken, call.Now);
        if (subject?.EventId != request.EventId) throw RiskRefusals.FeedbackToken();
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        if (user.Sub != subject.Sub) throw RiskRefusals.FeedbackToken();
        await feedback.On(
            pool.Id,
            user.Sub,
            request.EventId,
            new(request.FeedbackValue, AuthEventFeedback.ByUser, call.Now),
            call.Cancelled);
        return new();
    }
}
