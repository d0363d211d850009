using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Pools;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Gives an app what it asked for on behalf of somebody who is signed in: a code, or tokens at
/// once.</summary>
public sealed class GrantAuthorization(
    AuthorizationCodeStore codes, UserStore users, IssueTokens tokens, TrackSessions sessions,
    AuthorizationRules rules, RandomSource random, Database database)
{
    /// <summary>What goes back to the app, by name, in the service's order.</summary>
    /// <param name="isFirst">The sign-in has just happened, and no other tokens belong to it.</param>
    /// <exception cref="AuthorizationException">server_error: the user is gone; invalid_request: a trigger
    /// keeps the tokens back; login_required: somebody else is meant.</exception>
    public async Task<(string Name, string? Value)[]> Grant(
        UserPool pool, AppClient client, AuthorizationRequest request, BrowserSignIn signIn, bool isFirst,
        Call call)
    {
        var eventId = isFirst ? signIn.EventId : Another(signIn);
        if (request.HintedSub is { } meant && meant != signIn.Sub)
            throw AuthorizationRefusals.LoginRequired(request.ReturnTo);
        var iss = request.ReturnTo.Issuer;
        if (request.IsImplicit)
        {
            var given = await Tokens(pool, client, request, signIn, eventId, call);
            return
            [
                ("id_token", GivesNoIdToken(request) ? null : given.IdToken),
                ("access_token", given.AccessToken),
                ("expires_in", given.ExpiresIn!.Value.ToString(CultureInfo.InvariantCulture)),
                ("token_type", given.TokenType),
                ("state", request.ReturnTo.State),
                ("iss", iss),
            ];
        }

        var code = await Code(pool, client, request, signIn, eventId, call);
        return [("code", code), ("state", request.ReturnTo.State), ("iss", iss)];
    }

    /// <summary>An id for tokens of their own, of the instant of the sign-in that they come from: what ends
    /// that ends them, also where it is under way while they are given.</summary>
    private string Another(BrowserSignIn signIn)
    {
        var began = RandomSource.TimeOf(signIn.EventId) ?? signIn.SignedInAt;
        return signIn.Provider is null
            ? random.TimedId(began)
            : random.FederatedId(began, RandomSource.MarkOf(signIn.EventId));
    }

    /// <summary>The service gives one wherever <c>openid</c> is granted (doc); the standard has a response
    /// type for it (OAuth 2.0 Multiple Response Types §5).</summary>
    private bool GivesNoIdToken(AuthorizationRequest request) =>
        rules.IsStrict && request.ResponseType == "token";

    /// <summary>By which a code is found.</summary>
    internal static string HashOf(string code) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private static IReadOnlyList<string> Told(
        UserPool pool, AuthorizationRequest request, BrowserSignIn signIn) =>
        AcrRules.IsTold(pool, request.AskedLevels) ? signIn.Methods : [];

    private async Task<string> Code(
        UserPool pool, AppClient client, AuthorizationRequest request, BrowserSignIn signIn, string eventId,
        Call call)
    {
        var text = random.Id();
        var code = new AuthorizationCode(
            client.PoolId, HashOf(text), client.Id, signIn.Sub, call.Now + AuthorizationCode.Lifetime)
        {
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            Nonce = request.Nonce,
            Grant = new(request.Scopes, request.Resource),
            EventId = eventId,
            OriginSessionId = signIn.SessionId,
            SignedInAt = signIn.SignedInAt,
            Methods = Told(pool, request, signIn),
        };
        await database.Write(
            transaction => codes.Insert(transaction, code, call.Cancelled), call.Cancelled);
        return text;
    }

    private async Task<AuthenticationResultType> Tokens(
        UserPool pool, AppClient client, AuthorizationRequest request, BrowserSignIn signIn, string eventId,
        Call call)
    {
        var user = await users.FindBySub(pool.Id, signIn.Sub, call.Cancelled)
            ?? throw AuthorizationRefusals.Failed(request.ReturnTo);
        var grant = new OAuthGrant(request.Scopes, request.Resource);
        var methods = Told(pool, request, signIn);
        var origin = tokens.Origin(client, eventId, signIn.SignedInAt, methods, grant);
        try
        {
            (var given, origin) = await tokens.Implicit(
                pool, client, user, origin, new(TokenSource.HostedAuth, null), request.Nonce, call);
            await sessions.Begin(pool, client, user, origin, signIn.SessionId, call);
            return given;
        }
        catch (ApiException refusal) when (TriggerCaller.IsTriggerError(refusal))
        {
            throw AuthorizationRefusals.Invalid(request.ReturnTo, refusal.Text);
        }
        catch (ApiException refusal) when (UserAfterTrigger.Refuses(refusal))
        {
            throw AuthorizationRefusals.Failed(request.ReturnTo);
        }
    }
}
