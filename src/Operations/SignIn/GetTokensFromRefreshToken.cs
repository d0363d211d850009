using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.SignIn;

/// <summary>Gives new tokens for a refresh token, and another refresh token in its place where the client
/// rotates them.</summary>
public sealed class GetTokensFromRefreshToken(ResolveClient clients, RedeemRefreshToken redeem)
    : IPublicOperation<GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse>
{
    public async Task<GetTokensFromRefreshTokenResponse> Execute(
        GetTokensFromRefreshTokenRequest request, Call call)
    {
        var (pool, client) = await clients.Get(request.ClientId, call.Cancelled);
        if (!client.HasSecret(request.ClientSecret))
            throw Reject.NotAuthorized($"Unable to verify secret hash for client {client.Id}");
        AuthFlows.MustAllowRefresh(client);
        var presented = await redeem.Open(call.Seen(pool), client, request.RefreshToken, call);
        try
        {
            return new()
            {
                AuthenticationResult = await redeem.Redeem(
                    presented, request.DeviceKey, request.ClientMetadata, call),
            };
        }
        catch (ApiException refusal) when (refusal.Code == Errors.PasswordResetRequiredException)
        {
            // The operation does not declare that a password waits to be reset.
            throw Reject.RefreshTokenRevoked();
        }
    }
}
