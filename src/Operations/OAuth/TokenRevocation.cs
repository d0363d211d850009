using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Operations.OAuth;

/// <summary>Revokes a refresh token with all tokens of its sign-in (RFC 7009), as the API does.</summary>
public sealed class TokenRevocation(
    ClientAuthentication authentication, RefreshTokens refreshTokens, EndSignIn end, RateLimits rates)
{
    /// <summary>Done, also where there was nothing to revoke: a token that is unknown or good no more is as
    /// good as revoked (RFC 7009 §2.2).</summary>
    /// <exception cref="OAuthException">invalid_client, invalid_request,
    /// unsupported_token_type.</exception>
    public async Task Revoke(OAuthRequest request, Call call)
    {
        await rates.Enter(RateCategory.UserToken, call.Now, call.Cancelled);
        var client = await ClientOf(request, call);
        var text = request.Required("token");
        if (!client.RevokesTokens) throw OAuthRefusals.InvalidRequest();
        if (Jws.TryRead(text, out _)) throw OAuthRefusals.UnsupportedTokenType();
        if (await refreshTokens.Open(text, request.Pool.Id, call.Cancelled) is not { } token) return;
        // Another client's is refused, and not only left alone (RFC 7009 §2.1).
        if (token.ClientId != client.Id) throw OAuthRefusals.InvalidRequest();
        if (token.ExpiresAt > call.Now) await end.Family(request.Pool, token, isLinked: false, call);
    }

    private async Task<AppClient> ClientOf(OAuthRequest request, Call call)
    {
        try
        {
            return await authentication.Authenticate(request, call);
        }
        catch (OAuthException refusal) when (refusal.Error == OAuthRefusals.InvalidClient().Error)
        {
            throw OAuthRefusals.InvalidClientByStandard(request.Authorization is not null);
        }
    }
}
