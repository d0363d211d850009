using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Domain.Tokens;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.OAuth;

/// <summary>What an access token tells of its user (OpenID Connect Core 1.0 §5.3): what the app client may
/// read, as far as the token's scopes show it.</summary>
public sealed class UserInfo(AccessTokens tokens, RateLimits rates)
{
    private const string Scheme = "Bearer ";

    /// <summary>The claims in their order; flags and numbers are texts, too (doc).</summary>
    /// <exception cref="OAuthException">invalid_request: no token; invalid_token: not a good one of this
    /// pool, or one that does not tell who its user is.</exception>
    public async Task<IReadOnlyList<AttributeType>> Of(UserPool pool, string? authorization, Call call)
    {
        await rates.Enter(RateCategory.UserRead, call.Now, call.Cancelled);
        var user = await Admit(TokenIn(authorization), call);
        if (user.Pool.Id != pool.Id) throw OAuthRefusals.InvalidToken();
        rates.EnterSignedIn(RateCategory.UserRead, user, call.Now);
        return
        [
            .. UserView.Attributes(
                user.User,
                name => user.Client.MayRead(name) && ScopeClaims.Shows(user.Scopes, name)),
            new() { Name = "username", Value = user.User.Username },
        ];
    }

    private async Task<SignedInUser> Admit(string token, Call call)
    {
        try
        {
            return await tokens.Admit(token, call, scope: ScopeClaims.OpenId);
        }
        catch (ApiException)
        {
            throw OAuthRefusals.InvalidToken();
        }
    }

    /// <summary>RFC 6750 §2.1.</summary>
    private static string TokenIn(string? authorization)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            throw OAuthRefusals.NoBearer();
        var token = authorization[Scheme.Length..].Trim(' ');
        return token.Length > 0 ? token : throw OAuthRefusals.NoBearer();
    }
}
