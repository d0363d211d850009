using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>authorization_code (RFC 6749 §4.1.3): the tokens of somebody who has signed in on the
/// pages.</summary>
public sealed class AuthorizationCodeGrant(
    AuthorizationCodeStore codes, UserStore users, IssueTokens tokens, TrackSessions sessions,
    RevocationStore revocations, WaysIn ways, AuthorizationRules rules, Database database)
{
    /// <summary>The tokens. A code is good once: a second use ends what the first one began (RFC 6749
    /// §4.1.2).</summary>
    /// <exception cref="OAuthException">invalid_request, unauthorized_client, invalid_grant.</exception>
    public async Task<AccessTokenResponse> Redeem(AppClient client, OAuthRequest request, Call call)
    {
        var text = request.Required("code");
        var redirectUri = request.Required("redirect_uri");
        MustBeAllowed(client);
        var code = await codes.Find(client.PoolId, GrantAuthorization.HashOf(text), call.Cancelled);
        // What is another client's stays as it is: a guess must not use it up.
        if (code is null || code.ClientId != client.Id) throw OAuthRefusals.InvalidGrant();
        var origin = tokens.Origin(client, code.EventId, code.SignedInAt, code.Methods, code.Grant);
        await MustBeUnused(code, origin, client, call);
        if (code.ExpiresAt <= call.Now) throw OAuthRefusals.InvalidGrant();
        if (code.RedirectUri != redirectUri)
            throw rules.IsStrict ? OAuthRefusals.InvalidGrant() : OAuthRefusals.InvalidRedirect();
        if (!CodeVerifier.Fits(code.CodeChallenge, request["code_verifier"]))
            throw OAuthRefusals.InvalidGrant();
        var user = await UserOf(request.Pool, code, call);
        return await Issue(request.Pool, client, user, code, origin, call);
    }

    private static void MustBeAllowed(AppClient client)
    {
        var isAllowed = client.Settings.AllowedOAuthFlowsUserPoolClient == true
            && client.Settings.AllowedOAuthFlows?.Contains(OAuthFlowType.Code) == true;
        if (!isAllowed) throw OAuthRefusals.UnauthorizedClient();
    }

    /// <summary>Uses the code up, whatever comes of it. Whoever is second may be the rightful one: so nobody
    /// keeps what the first one got.</summary>
    private async Task MustBeUnused(AuthorizationCode code, TokenOrigin origin, AppClient client, Call call)
    {
        if (code.Family is null && await codes.TryUse(code, origin.Family, call.Cancelled)) return;
        var used = await codes.Find(code.PoolId, code.Hash, call.Cancelled);
        if (used?.Family is { } family)
        {
            var end = RefreshToken.LastOf(call.Now + client.RefreshTokenLifetime);
            await database.Write(
                transaction => revocations.Add(transaction, code.PoolId, family, end, call.Cancelled),
                call.Cancelled);
        }

        throw OAuthRefusals.InvalidGrant();
    }

    private async Task<User> UserOf(UserPool pool, AuthorizationCode code, Call call)
    {
        var isSignedOut = pool.Sessions.IsOn
            && code.OriginSessionId is { } browser
            && await revocations.IsRevoked(pool.Id, browser, call.Cancelled);
        if (isSignedOut) throw OAuthRefusals.InvalidGrant();
        var user = await users.FindBySub(code.PoolId, code.Sub, call.Cancelled);
        return user is not null && await ways.MayStay(user, code.EventId, call)
            ? user
            : throw OAuthRefusals.InvalidGrant();
    }

    private async Task<AccessTokenResponse> Issue(
        UserPool pool, AppClient client, User user, AuthorizationCode code, TokenOrigin origin, Call call)
    {
        try
        {
            (var issued, origin) = await tokens.ForCode(
                pool, client, user, origin, new(TokenSource.HostedAuth, null), code.Nonce, call);
            await sessions.Begin(pool, client, user, origin, code.OriginSessionId, call);

            // Between its use and this a second use may have come, and its revocation counts.
            return new(issued.AccessToken!, issued.ExpiresIn!.Value)
            {
                IdToken = issued.IdToken,
                RefreshToken = issued.RefreshToken,
            };
        }
        catch (ApiException refusal) when (TriggerCaller.IsTriggerError(refusal))
        {
            throw OAuthRefusals.Trigger(refusal);
        }
        catch (ApiException refusal) when (UserAfterTrigger.Refuses(refusal))
        {
            throw OAuthRefusals.InvalidGrant();
        }
    }
}
