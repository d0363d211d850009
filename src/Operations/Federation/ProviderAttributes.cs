using System.Text.Json;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.Federation;

/// <summary>What a provider tells of a person to whoever has the access token (OpenID Connect Core
/// §5.3).</summary>
public sealed class ProviderAttributes(ProviderExchange exchange)
{
    /// <summary>The answer; null where there is nobody to ask, or nothing to ask for.</summary>
    /// <param name="known">The claims of the ID token; null where there is none.</param>
    /// <exception cref="FederationException">The provider does not tell, or tells of somebody
    /// else.</exception>
    public async Task<JsonElement?> Of(
        OAuthProvider provider, JsonElement? known, string? accessToken, Call call)
    {
        if (accessToken is null || AddressOf(provider, known) is not { } address) return null;
        var method = provider.TakesAttributesByPost ? HttpMethod.Post : HttpMethod.Get;
        var answer = await exchange.Send(
            provider,
            ProviderRequest.Plain(
                method, address, KeyValuePair.Create("Authorization", $"Bearer {accessToken}")),
            ProviderErrors.ReadTimeout(),
            call);
        if (answer.Status != 200 || ForeignJson.Read(answer.Body) is not { } attributes)
            throw ProviderErrors.NoAttributes(provider.Name, answer.Status);
        // Otherwise an access token of somebody else would bring that person's attributes (§5.3.2).
        if (provider.IsOidc && attributes.Text("sub") != known?.Text("sub"))
            throw ProviderErrors.OtherSubject();
        return attributes;
    }

    /// <summary>The claims in an answer, each as one text.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ClaimsIn(
        OAuthProvider provider, JsonElement attributes)
    {
        if (provider.IsGoogle) return PeopleFields.Read(attributes);
        var claims = ClaimText.All(attributes);
        if (provider.IsFacebook && PictureIn(attributes) is { } picture) claims["picture"] = picture;
        return claims;
    }

    private static string? AddressOf(OAuthProvider provider, JsonElement? known)
    {
        if (provider.AttributesUrl is not { } address || !provider.NamesAttributes)
            return provider.AttributesUrl;
        var names = provider.MappedClaims;
        // What the ID token tells need not be asked for.
        if (provider.IsGoogle)
        {
            names =
            [
                .. names.Where(name =>
                    PeopleFields.Has(name) && known?.TryGetProperty(name, out _) != true),
            ];
        }

        return names.Count == 0 ? null : address + string.Join(',', names.Select(Uri.EscapeDataString));
    }

    /// <summary>Facebook wraps it twice.</summary>
    private static string? PictureIn(JsonElement attributes) =>
        attributes.TryGetProperty("picture", out var picture) && picture.ValueKind == JsonValueKind.Object
        && picture.TryGetProperty("data", out var inner) && inner.ValueKind == JsonValueKind.Object
            ? inner.Text("url")
            : null;
}
