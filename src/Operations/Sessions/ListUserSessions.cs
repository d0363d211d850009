using Lifeguard.Contract;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Operations.Sessions;

/// <summary>Lists where the caller is signed in, through all app clients of the pool, and says which of it is
/// the caller's own session.</summary>
public sealed class ListUserSessions(SessionPage page)
    : IUserOperation<ListUserSessionsRequest, ListUserSessionsResponse>
{
    public async Task<ListUserSessionsResponse> Execute(
        ListUserSessionsRequest request, SignedInUser user, Call call)
    {
        var (sessions, nextToken) = await page.Of(
            nameof(ListUserSessions),
            user.Pool,
            user.User,
            SessionId.OfTokens(user.Origin.EventId),
            request.NextToken,
            call);
        return new() { Sessions = sessions, NextToken = nextToken };
    }
}
