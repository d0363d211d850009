using Lifeguard.Domain.Limits;

namespace Lifeguard.Operations.OAuth;

/// <summary>The token endpoint: which grant it is, who asks, and whether that may be.</summary>
public sealed class TokenGrants(
    ClientAuthentication authentication, AuthorizationCodeGrant codes, ClientCredentialsGrant own,
    RefreshTokenGrant refresh, RateLimits rates)
{
    private const string ClientCredentials = "client_credentials";
    private const string RefreshToken = "refresh_token";
    private const string AuthorizationCode = "authorization_code";

    /// <summary>The tokens.</summary>
    /// <exception cref="OAuthException">Whatever of RFC 6749 §5.2 applies.</exception>
    public async Task<AccessTokenResponse> Grant(OAuthRequest request, Call call)
    {
        var type = request.Required("grant_type");
        if (type is not (ClientCredentials or RefreshToken or AuthorizationCode))
            throw OAuthRefusals.UnsupportedGrantType();
        // Before anything is looked up.
        await rates.Enter(
            type == ClientCredentials ? RateCategory.ClientAuthentication : RateCategory.UserAuthentication,
            call.Now,
            call.Cancelled);
        var client = await authentication.Authenticate(request, call);
        return type switch
        {
            ClientCredentials => await own.Redeem(client, request, call),
            RefreshToken => await refresh.Redeem(client, request, call),
            _ => await codes.Redeem(client, request, call),
        };
    }
}
