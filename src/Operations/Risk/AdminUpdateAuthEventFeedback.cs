using Lifeguard.Contract;
using Lifeguard.Domain.Risk;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Risk;

/// <summary>An administrator says whether an event was the user's own doing.</summary>
public sealed class AdminUpdateAuthEventFeedback(
    WatchedPools pools, ResolveUser resolve, GiveFeedback feedback)
    : IAdminOperation<AdminUpdateAuthEventFeedbackRequest, AdminUpdateAuthEventFeedbackResponse>
{
    public async Task<AdminUpdateAuthEventFeedbackResponse> Execute(
        AdminUpdateAuthEventFeedbackRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        await feedback.On(
            pool.Id,
            user.Sub,
            request.EventId,
            new(request.FeedbackValue, AuthEventFeedback.ByAdministrator, call.Now),
            call.Cancelled);
        return new();
    }
}
