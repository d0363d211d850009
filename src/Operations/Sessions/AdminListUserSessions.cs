using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Lists where a user is signed in.</summary>
public sealed class AdminListUserSessions(PoolStore pools, ResolveUser resolve, SessionPage page)
    : IAdminOperation<AdminListUserSessionsRequest, AdminListUserSessionsResponse>
{
    public async Task<AdminListUserSessionsResponse> Execute(
        AdminListUserSessionsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var (sessions, nextToken) = await page.Of(
            nameof(AdminListUserSessions), pool, user, currentId: null, request.NextToken, call);
        return new() { Sessions = sessions, NextToken = nextToken };
    }
}
