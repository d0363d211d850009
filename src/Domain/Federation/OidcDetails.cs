using System.Text.Json;

namespace Lifeguard.Domain.Federation;

/// <summary>What an OpenID Connect provider is configured with, and what it says of itself.</summary>
public static class OidcDetails
{
    /// <summary>Endpoints by their keys, and what the discovery document calls them (OpenID Connect
    /// Discovery §3). Without the one of attributes claims come from the ID token.</summary>
    private static readonly (string Key, string Discovered, bool IsRequired)[] Endpoints =
    [
        (DetailNames.AuthorizeUrl, "authorization_endpoint", true),
        (DetailNames.TokenUrl, "token_endpoint", true),
        (DetailNames.AttributesUrl, "userinfo_endpoint", false),
        (DetailNames.KeysUrl, "jwks_uri", true),
    ];

    /// <summary>Refuses what is incomplete or cannot be.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(SortedDictionary<string, string> given, ProviderPlaces places)
    {
        string[] required =
        [
            DetailNames.ClientId, DetailNames.Scopes, DetailNames.Issuer, DetailNames.AttributesMethod,
        ];
        if (!required.All(given.ContainsKey)) throw FederationRefusals.OidcDetailsMissing();
        var method = given[DetailNames.AttributesMethod];
        if (method is not ("GET" or "POST")) throw FederationRefusals.AttributesMethod(method);
        MustBeSecure(given[DetailNames.Issuer], places);
        if (given[DetailNames.Issuer].AsSpan().IndexOfAny('?', '#') >= 0)
            throw FederationRefusals.IssuerIsNoAddress();
        if (!given[DetailNames.Scopes].Split(' ').Contains("openid")) throw FederationRefusals.NoOpenId();
        foreach (var (key, _, _) in Endpoints)
            if (given.TryGetValue(key, out var address)) MustBeSecure(address, places);
    }

    /// <summary>Where the provider says what is not given; null where everything is.</summary>
    public static Uri? Discovery(SortedDictionary<string, string> given) =>
        Endpoints.All(endpoint => given.ContainsKey(endpoint.Key))
            ? null
            : new(given[DetailNames.Issuer].TrimEnd('/') + "/.well-known/openid-configuration");

    /// <summary>The complete details; what is given goes before what is discovered.</summary>
    /// <param name="discovered">The discovery document; null where there is none.</param>
    /// <exception cref="ApiException">InvalidParameterException: an endpoint is missing, or the document is
    /// none, or somebody else's.</exception>
    public static ProviderDetails Complete(
        SortedDictionary<string, string> given, ReadOnlyMemory<byte>? discovered, ProviderPlaces places)
    {
        if (discovered is { } document) AddDiscovered(given, document, places);
        if (Endpoints.Any(endpoint => endpoint.IsRequired && !given.ContainsKey(endpoint.Key)))
            throw FederationRefusals.NotDiscovered();
        given[DetailNames.AddsAttributes] = "false";
        return new(given, given[DetailNames.Issuer], []);
    }

    private static void AddDiscovered(
        SortedDictionary<string, string> given, ReadOnlyMemory<byte> document, ProviderPlaces places)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new() { MaxDepth = 16 });
            var issuer = Text(json.RootElement, "issuer");
            // Otherwise one provider could speak for another (OpenID Connect Discovery §4.3). The final slash
            // is left out where issuers are configured.
            if (issuer?.TrimEnd('/') != given[DetailNames.Issuer].TrimEnd('/'))
                throw FederationRefusals.OtherIssuer();
            foreach (var (key, name, _) in Endpoints)
            {
                if (given.ContainsKey(key) || Text(json.RootElement, name) is not { } address) continue;
                MustBeSecure(address, places);
                given[key] = address;
            }
        }
        catch (JsonException)
        {
            throw FederationRefusals.NotDiscovered();
        }
    }

    private static string? Text(JsonElement document, string member) =>
        document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static void MustBeSecure(string address, ProviderPlaces places)
    {
        if (!places.IsSecure(address)) throw FederationRefusals.PlainOidc();
        if (!places.Allow(address)) throw FederationRefusals.NoAddress(address);
    }
}
