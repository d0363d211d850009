using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;

namespace Lifeguard.Operations.OAuth;

/// <summary>refresh_token (RFC 6749 §6): new tokens for an earlier sign-in, by the same gate as by the
/// API.</summary>
public sealed class RefreshTokenGrant(RedeemRefreshToken redeem)
{
    /// <summary>The tokens, and another refresh token where the client rotates them.</summary>
    /// <exception cref="OAuthException">invalid_request, unauthorized_client, invalid_grant.</exception>
    public async Task<AccessTokenResponse> Redeem(AppClient client, OAuthRequest request, Call call)
    {
        var text = request.Required("refresh_token");
        MustBeAllowed(client);
        try
        {
            var presented = await redeem.Open(request.Pool, client, text, call);
            // Metadata reaches the trigger with tokens of clients alone (doc).
            var fresh = await redeem.Redeem(presented, deviceKey: null, clientMetadata: null, call);
            return new(fresh.AccessToken!, fresh.ExpiresIn!.Value)
            {
                IdToken = fresh.IdToken,
                RefreshToken = fresh.RefreshToken,
            };
        }
        catch (ApiException refusal) when (TriggerCaller.IsTriggerError(refusal))
        {
            throw OAuthRefusals.Trigger(refusal);
        }
        catch (ApiException refusal) when (refusal.Code != Errors.TooManyRequestsException)
        {
            throw OAuthRefusals.InvalidGrant();
        }
    }

    private static void MustBeAllowed(AppClient client)
    {
        try
        {
            AuthFlows.MustAllowRefresh(client);
        }
        catch (ApiException)
        {
            throw OAuthRefusals.UnauthorizedClient();
        }
    }
}
