using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;
using Lifeguard.Storage;

namespace Lifeguard.Operations.SignIn;

/// <summary>Revokes a refresh token with all tokens of its sign-in. One that is revoked, replaced or expired
/// already may be revoked again (RFC 7009 §2.2).</summary>
public sealed class RevokeToken(
    PoolStore pools, ClientStore clients, RefreshTokens refreshTokens, EndSignIn end)
    : IPublicOperation<RevokeTokenRequest, RevokeTokenResponse>
{
    public async Task<RevokeTokenResponse> Execute(RevokeTokenRequest request, Call call)
    {
        var isLinked = SessionRules.ReachesLinked(request.RevokeAssociatedSessions);
        // No client, or another one: whoever does not know the secret is not told which.
        var client = await clients.Find(request.ClientId, call.Cancelled);
        var pool = client is null ? null : await pools.Find(client.PoolId, call.Cancelled);
        if (client is null || pool is null || !client.HasSecret(request.ClientSecret))
            throw Reject.UnauthorizedClient();
        if (!client.RevokesTokens) throw Reject.RevocationNotEnabled(client.Id);
        if (Jws.TryRead(request.Token, out _)) throw Reject.UnsupportedTokenType();
        // The words are our own.
        var token = await refreshTokens.Open(request.Token, pool.Id, call.Cancelled)
            ?? throw Reject.InvalidParameter("Invalid token");
        if (token.ClientId != client.Id) throw Reject.UnauthorizedClient();
        if (token.ExpiresAt > call.Now) await end.Family(pool, token, isLinked, call);
        return new();
    }
}
