using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Limits;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Tokens;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.OAuth;

/// <summary>What an access token tells of its user (OpenID Connect Core 1.0 §5.3): what the app client may
/// read, as far as the token's scopes show it.</summary>
public sealed class UserInfo(AccessTokens tokens, RateLimits rates, AuthorizationRules rules)
{
    private const string Scheme = "Bearer ";

    /// <summary>The claims in their order; flags and numbers are texts, too (doc).</summary>
    /// <param name="authorization">The header; null for none.</param>
    /// <param name="inForm">The token as a form may hold it (RFC 6750 §2.2); null for none.</param>
    /// <exception cref="OAuthException">invalid_request: no token; invalid_token: not a good one of this
    /// pool, or one that does not tell who its user is.</exception>
    public async Task<IReadOnlyList<AttributeType>> Of(
        UserPool pool, string? authorization, Call call, string? inForm = null)
    {
        try
        {
            return await Claims(pool, TokenOf(authorization, inForm), call);
        }
        catch (OAuthException refusal) when (rules.IsStrict && refusal.Challenge is not null)
        {
            throw OAuthRefusals.ByStandard(refusal);
        }
    }

    private async Task<IReadOnlyList<AttributeType>> Claims(UserPool pool, string token, Call call)
    {
        await rates.Enter(RateCategory.UserRead, call.Now, call.Cancelled);
        var user = await Admit(token, call);
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

    /// <summary>By header or by form, and never by both (RFC 6750 §2).</summary>
    private static string TokenOf(string? authorization, string? inForm)
    {
        if (inForm is null) return TokenIn(authorization);
        return authorization is null ? inForm : throw OAuthRefusals.InvalidRequest();
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
