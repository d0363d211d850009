using System.Text;
using System.Text.Json;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;
using Lifeguard.Protocol.Jose;
using Microsoft.AspNetCore.WebUtilities;

namespace Lifeguard.Operations.Federation;

/// <summary>What a provider gives for a code: tokens, of which the ID token is believed once it is
/// verified.</summary>
public sealed class ProviderTokens(ProviderExchange exchange, ProviderKeys keys, OutsideTime outside)
{
    /// <summary>The token response. The client's secret is in the form, never in a header (doc).</summary>
    /// <exception cref="FederationException">The provider gives none.</exception>
    public async Task<JsonElement> Redeem(
        OAuthProvider provider, FederationState state, string code, Call call)
    {
        var secret = provider.IsApple
            ? AppleSecret.Make(provider.Provider.Details, outside.Real(call))
            : provider.ClientSecret;
        (string, string?)[] parameters =
        [
            ("grant_type", provider.TakesCodeByGet ? null : "authorization_code"),
            ("code", code),
            ("redirect_uri", state.Callback),
            ("client_id", provider.ClientId),
            ("client_secret", secret),
            ("code_verifier", state.Verifier),
        ];
        var request = provider.TakesCodeByGet
            ? ProviderRequest.Plain(
                HttpMethod.Get, QueryText.AddTo(provider.TokenUrl, parameters).AbsoluteUri)
            : ProviderRequest.Form(provider.TokenUrl, Encoding.ASCII.GetBytes(QueryText.Of(parameters)));
        var answer = await exchange.Send(provider, request, ProviderErrors.TokenTimeout(), call);
        if (answer.Status is 200 or 201 && ForeignJson.Read(answer.Body) is { } tokens
            && !tokens.TryGetProperty("error", out _))
            return tokens;
        throw Refusal(provider, answer, [secret, code, state.Verifier]);
    }

    /// <summary>The claims of the ID token in a token response.</summary>
    /// <exception cref="FederationException">There is none, or it is not to be believed.</exception>
    public async Task<JsonElement> Verify(
        OAuthProvider provider, FederationState state, JsonElement tokens, Call call)
    {
        var text = tokens.Text("id_token") ?? throw NoTokens(provider, 200);
        if (!ForeignToken.TryRead(text, out var token)) throw ProviderErrors.BadIdToken("form");
        if (!await IsSigned(provider, token, call)) throw ProviderErrors.BadIdToken("signature");
        var claims = ForeignJson.Read(token.Payload) ?? throw ProviderErrors.BadIdToken("claims");
        var expected = new IdTokenClaims(
            provider.Issuers, provider.ClientId, state.Nonce ?? "", tokens.Text("access_token"));
        List<string?> violations =
            [.. outside.Of(call).Select(now => expected.Violation(claims, token.Algorithm, now))];
        return violations.Contains(null) ? claims : throw ProviderErrors.BadIdToken(violations[0]!);
    }

    /// <summary>With a secret only where the provider is not one of those that have key pairs.</summary>
    private async Task<bool> IsSigned(OAuthProvider provider, ForeignToken token, Call call) =>
        token.Algorithm.UsesSecret
            ? provider.IsOidc && token.IsMadeWith(Encoding.UTF8.GetBytes(provider.ClientSecret ?? ""))
            : await keys.Verify(provider, token, call);

    private static FederationException Refusal(
        OAuthProvider provider, OutboundAnswer answer, IEnumerable<string?> secrets)
    {
        if (answer.Status is 200 or 201) return NoTokens(provider, answer.Status);
        if (provider.IsGoogle)
            return ProviderErrors.OfGoogle(answer.Status, ErrorIn(answer) ?? ReasonOf(answer.Status));
        if (!provider.IsOidc) return ProviderErrors.NoToken(provider.Name, answer.Status);
        var entity = Encoding.UTF8.GetString(answer.Body.Span);
        // Whoever repeats the request in the answer must not have the secret told to the browser.
        var tells = secrets.Any(secret => secret is { Length: > 0 }
            && (entity.Contains(secret, StringComparison.Ordinal)
                || entity.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal)));
        return ProviderErrors.BadTokenResponse(
            answer.Status, ReasonOf(answer.Status), tells ? null : entity);
    }

    /// <summary>A good answer without what was asked for; what else is in it may be a token.</summary>
    private static FederationException NoTokens(OAuthProvider provider, int status) => provider.IsOidc
        ? ProviderErrors.BadTokenResponse(status, ReasonOf(status), null)
        : ProviderErrors.NoToken(provider.Name, status);

    private static string? ErrorIn(OutboundAnswer answer) =>
        ForeignJson.Read(answer.Body) is { } json ? json.Text("error") : null;

    private static string ReasonOf(int status) => ReasonPhrases.GetReasonPhrase(status);
}
