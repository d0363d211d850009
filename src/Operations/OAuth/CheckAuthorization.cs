using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Pools;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>
/// Checks an authorization request, one thing after the other in the service's order. Until the address to
/// return to is known to be the client's nothing is sent to it (RFC 9700 §4.11).
/// </summary>
public sealed class CheckAuthorization(
    ClientStore clients, ResourceServerStore servers, IdTokenHints hints, IssuerName issuer,
    AuthorizationRules rules)
{
    private const string Code = "code";
    private const string Token = "token";
    private const string IdTokenToken = "id_token token";
    private const string FormPost = "form_post";

    /// <summary>The request and the client that makes it.</summary>
    /// <exception cref="AuthorizationException">The first thing that is wrong.</exception>
    public async Task<(AppClient Client, AuthorizationRequest Request)> Check(
        UserPool pool, AuthorizationQuery query, Call call)
    {
        if (query.Parameters is null) throw AuthorizationRefusals.Malformed();
        var client = await ClientOf(pool, query, call);
        var returnTo = ReturnAddressOf(pool, client, query);
        CheckUnsupported(query, returnTo);
        var type = ResponseTypeOf(client, query, returnTo);
        returnTo = returnTo with { Mode = ModeOf(query, type, returnTo) };
        CheckNonce(query, type, returnTo);
        CheckChallenge(client, query, type, returnTo);
        CheckResource(query, returnTo);
        return (client, new()
        {
            Query = query.Text,
            ReturnTo = returnTo,
            ResponseType = type,
            Scopes = await ScopesOf(pool, client, query, returnTo, call),
            Nonce = query["nonce"],
            CodeChallenge = query["code_challenge"],
            Resource = query["resource"],
            Provider = query["identity_provider"],
            ProviderIdentifier = query["idp_identifier"],
            LoginHint = query["login_hint"],
            Prompt = PromptOf(query, returnTo),
            MaxAge = MaxAgeOf(query, returnTo),
            AskedLevels = LevelsOf(pool, query),
            HintedSub = await HintedSubOf(pool, query, returnTo, call),
        });
    }

    private async Task<AppClient> ClientOf(UserPool pool, AuthorizationQuery query, Call call)
    {
        if (query["client_id"] is not { } id) throw AuthorizationRefusals.Missing();
        var client = ClientAuthentication.IsId(id) ? await clients.Find(id, call.Cancelled) : null;
        var isMeant = client?.PoolId == pool.Id
            && client.Settings.AllowedOAuthFlowsUserPoolClient == true
            && client.Settings.SupportedIdentityProviders is { Count: > 0 };
        return isMeant ? client! : throw AuthorizationRefusals.NoClient();
    }

    /// <summary>Letter for letter one that is registered (RFC 9700 §2.1). A client with a single provider may
    /// leave it to the default (doc).</summary>
    private ReturnAddress ReturnAddressOf(UserPool pool, AppClient client, AuthorizationQuery query)
    {
        var settings = client.Settings;
        var given = query["redirect_uri"]
            ?? (settings.SupportedIdentityProviders!.Count == 1 ? settings.DefaultRedirectURI : null)
            ?? throw AuthorizationRefusals.Missing();
        if (settings.CallbackURLs?.Contains(given) != true) throw AuthorizationRefusals.Mismatch(client.Id);
        // Errors of implicit clients come in the fragment (observed), whatever else is wrong.
        var mode = query["response_type"] is Token or IdTokenToken
            ? ResponseMode.Fragment
            : ResponseMode.Query;
        if (rules.IsStrict && query["response_mode"] == FormPost) mode = ResponseMode.FormPost;
        return new(given, mode, query["state"]) { Issuer = rules.NamesIssuer ? issuer.Of(pool) : null };
    }

    /// <summary>Requests inside of objects are not taken, and not overlooked either (OpenID Connect Core
    /// §3.1.2.6).</summary>
    private void CheckUnsupported(AuthorizationQuery query, ReturnAddress returnTo)
    {
        if (!rules.IsStrict) return;
        if (query["request"] is not null)
            throw new AuthorizationException("request_not_supported", returnTo: returnTo);
        if (query["request_uri"] is not null)
            throw new AuthorizationException("request_uri_not_supported", returnTo: returnTo);
        if (query["registration"] is not null)
            throw new AuthorizationException("registration_not_supported", returnTo: returnTo);
    }

    private string ResponseTypeOf(AppClient client, AuthorizationQuery query, ReturnAddress returnTo)
    {
        var type = query["response_type"];
        var isKnown = type is Code or Token || (type == IdTokenToken && rules.IsStrict);
        if (!isKnown)
        {
            throw type is not null && rules.IsStrict
                ? new AuthorizationException("unsupported_response_type", returnTo: returnTo)
                : AuthorizationRefusals.Invalid(returnTo);
        }

        var flow = type == Code ? OAuthFlowType.Code : OAuthFlowType.Implicit;
        return client.Settings.AllowedOAuthFlows?.Contains(flow) == true
            ? type!
            : throw new AuthorizationException("unauthorized_client", returnTo: returnTo);
    }

    private ResponseMode ModeOf(AuthorizationQuery query, string type, ReturnAddress returnTo)
    {
        if (!rules.IsStrict) return returnTo.Mode;
        return query["response_mode"] switch
        {
            null => returnTo.Mode,
            FormPost => ResponseMode.FormPost,
            "fragment" => ResponseMode.Fragment,
            // Tokens must not get into logs of servers.
            "query" when type == Code => ResponseMode.Query,
            _ => throw AuthorizationRefusals.Invalid(returnTo),
        };
    }

    /// <summary>Nothing else binds an ID token to a browser that gets it straight (OpenID Connect Core
    /// §3.2.2.1).</summary>
    private static void CheckNonce(AuthorizationQuery query, string type, ReturnAddress returnTo)
    {
        if (type == IdTokenToken && query["nonce"] is null) throw AuthorizationRefusals.Invalid(returnTo);
    }

    /// <summary>RFC 7636 §4.3; the method <c>plain</c> is none here (doc). Whoever has registered itself and
    /// has no secret cannot do without (RFC 9700 §2.1.1).</summary>
    private static void CheckChallenge(
        AppClient client, AuthorizationQuery query, string type, ReturnAddress returnTo)
    {
        var (challenge, method) = (query["code_challenge"], query["code_challenge_method"]);
        if (challenge is null && method is null)
        {
            if (client.Is(ClientTypeType.Dcr) && !client.IsConfidential)
                throw AuthorizationRefusals.Invalid(returnTo);
            return;
        }

        var isRight = method == "S256" && challenge is not null && CodeVerifier.IsChallenge(challenge);
        if (!isRight && type == Code) throw AuthorizationRefusals.Invalid(returnTo);
    }

    private static void CheckResource(AuthorizationQuery query, ReturnAddress returnTo)
    {
        if (query["resource"] is not { } resource) return;
        if (!ResourceIndicator.IsOne(resource)) throw AuthorizationRefusals.Invalid(returnTo);
    }

    private async Task<IReadOnlyList<string>> ScopesOf(
        UserPool pool, AppClient client, AuthorizationQuery query, ReturnAddress returnTo, Call call)
    {
        var asked = query["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // What is not known is to be passed over (OpenID Connect Core §3.1.2.1).
        if (rules.IsStrict && asked is not null) asked = UserScopes.Known(client, asked);
        if (rules.IsStrict && asked is []) throw AuthorizationRefusals.ScopeByStandard(returnTo);
        var offer = PoolOffer.Of(pool, await servers.Of(pool.Id, call.Cancelled));
        return UserScopes.Grant(client, asked, offer.Scopes) ?? throw (rules.IsStrict
            ? AuthorizationRefusals.ScopeByStandard(returnTo)
            : AuthorizationRefusals.Scope(returnTo));
    }

    private async Task<string?> HintedSubOf(
        UserPool pool, AuthorizationQuery query, ReturnAddress returnTo, Call call)
    {
        if (!rules.IsStrict || query["id_token_hint"] is not { } text) return null;
        var hint = await hints.Read(pool, text, call) ?? throw AuthorizationRefusals.Invalid(returnTo);
        return hint.Sub;
    }

    private static string[] PromptOf(AuthorizationQuery query, ReturnAddress returnTo)
    {
        var prompt = query["prompt"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var isKnown = prompt.All(each => each is "none" or "login" or "select_account" or "consent");
        // "none" contradicts all others (OpenID Connect Core §3.1.2.1).
        return isKnown && (prompt.Length <= 1 || !prompt.Contains("none"))
            ? prompt
            : throw AuthorizationRefusals.Invalid(returnTo);
    }

    /// <summary>Smaller plans pass them over (doc).</summary>
    private static IReadOnlyList<int> LevelsOf(UserPool pool, AuthorizationQuery query) =>
        query["acr_values"] is { } names && TierRules.HasStepUp(pool.Settings)
            ? AcrRules.Asked(pool.Settings.AcrConfiguration, names)
            : [];

    private static TimeSpan? MaxAgeOf(AuthorizationQuery query, ReturnAddress returnTo)
    {
        if (query["max_age"] is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw AuthorizationRefusals.Invalid(returnTo);
    }
}
