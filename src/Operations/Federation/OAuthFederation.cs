using System.Text;
using System.Text.Json;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;

namespace Lifeguard.Operations.Federation;

/// <summary>A pool as client of OpenID Connect and OAuth 2.0 providers.</summary>
public sealed class OAuthFederation(
    ProviderTokens tokens, ProviderAttributes attributes, ProviderPlaces places)
{
    /// <summary>Where answers come to, below the domain (doc).</summary>
    public const string AnswerPath = "/oauth2/idpresponse";

    private const int LongestCode = 8192;
    private const int LongestError = 100;

    /// <summary>Where a browser is sent to sign in at the provider.</summary>
    /// <param name="stateText">Comes back with the answer.</param>
    public Uri Begin(
        IdentityProvider provider, AuthorizationRequest request, FederationState state, string stateText)
    {
        var speaks = new OAuthProvider(provider);
        var (address, _) = places.Find(provider.Type, speaks.AuthorizeUrl);
        return speaks.AuthorizationAddress(address.AbsoluteUri, request, state, stateText);
    }

    /// <summary>What the provider's answer comes to.</summary>
    /// <param name="answer">The parameters that the browser has brought.</param>
    /// <exception cref="FederationException">The provider refuses, or cannot be believed.</exception>
    public async Task<FederatedProfile> Receive(
        IdentityProvider provider, FederationState state, IReadOnlyDictionary<string, string> answer,
        Call call)
    {
        var speaks = new OAuthProvider(provider);
        var code = CodeIn(speaks, answer);
        var response = await tokens.Redeem(speaks, state, code, call);
        JsonElement? identity =
            speaks.HasIdToken ? await tokens.Verify(speaks, state, response, call) : null;
        var told = await attributes.Of(speaks, identity, response.Text("access_token"), call);
        var claims = identity is { } known ? ClaimText.All(known) : [];
        if (told is { } more)
            foreach (var (name, value) in ProviderAttributes.ClaimsIn(speaks, more)) claims[name] = value;
        if (speaks.IsApple) AddName(claims, answer);
        // Apps that are to use the provider themselves have these mapped (inferred).
        foreach (var name in (string[])["access_token", "id_token"])
            if (response.Text(name) is { } text) claims[name] = text;
        return new(SubjectIn(speaks, claims), claims, Parts(response, identity, told));
    }

    /// <summary>The code that an answer brings (RFC 6749 §4.1.2).</summary>
    private static string CodeIn(OAuthProvider provider, IReadOnlyDictionary<string, string> answer)
    {
        // A provider that says who it is must be the one that was asked (RFC 9207 §2.4).
        if (answer.GetValueOrDefault("iss") is { Length: > 0 } issuer && provider.HasIdToken
            && !provider.Issuers.Any(known => known.TrimEnd('/') == issuer.TrimEnd('/')))
            throw ProviderErrors.OtherIssuer();
        if (answer.GetValueOrDefault("error") is { Length: > 0 } error)
        {
            throw ProviderErrors.OfProvider(
                IsErrorCode(error) ? error : "invalid_request",
                answer.GetValueOrDefault("error_description"));
        }

        return answer.GetValueOrDefault("code") is { Length: > 0 and <= LongestCode } code
            ? code
            : throw ProviderErrors.NoCode();
    }

    /// <summary>Plain words; what else the parameter may hold (RFC 6749 §4.1.2.1) nobody uses.</summary>
    private static bool IsErrorCode(string text) =>
        text.Length <= LongestError
        && text.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '-' or '.');

    private static string SubjectIn(OAuthProvider provider, Dictionary<string, string> claims) =>
        claims.GetValueOrDefault(provider.SubjectClaim) is { } subject && LinkRules.IsValue(subject)
            ? subject
            : throw ProviderErrors.NoSubject(provider.Name);

    /// <summary>Apple tells a name once, and by way of the browser: so it can be no more than what somebody
    /// calls themselves.</summary>
    private static void AddName(
        Dictionary<string, string> claims, IReadOnlyDictionary<string, string> answer)
    {
        if (answer.GetValueOrDefault("user") is not { } form) return;
        if (ForeignJson.Read(Encoding.UTF8.GetBytes(form)) is not { } user) return;
        if (!user.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.Object) return;
        var (first, last) = (name.Text("firstName"), name.Text("lastName"));
        if (first is not null) claims["firstName"] = first;
        if (last is not null) claims["lastName"] = last;
        if (first is not null || last is not null) claims["name"] = $"{first} {last}".Trim();
    }

    private static List<KeyValuePair<string, JsonElement>> Parts(
        JsonElement response, JsonElement? identity, JsonElement? told)
    {
        List<KeyValuePair<string, JsonElement>> parts = [new("tokenResponse", response)];
        if (identity is { } token) parts.Add(new("idToken", token));
        if (told is { } info) parts.Add(new("userInfo", info));
        return parts;
    }
}
