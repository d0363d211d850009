using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.OAuth;

/// <summary>authorization_code (RFC 6749 §4.1.3). Codes come from the pages of a domain, which are not built:
/// nobody has one, so every code is unknown.</summary>
internal static class AuthorizationCodeGrant
{
    /// <summary>Refuses.</summary>
    /// <exception cref="OAuthException">invalid_request, unauthorized_client, invalid_grant.</exception>
    public static AccessTokenResponse Redeem(AppClient client, OAuthRequest request)
    {
        request.Required("code");
        request.Required("redirect_uri");
        var isAllowed = client.Settings.AllowedOAuthFlowsUserPoolClient == true
            && client.Settings.AllowedOAuthFlows?.Contains(OAuthFlowType.Code) == true;
        throw isAllowed ? OAuthRefusals.InvalidGrant() : OAuthRefusals.UnauthorizedClient();
    }
}
