using Lifeguard.Contract;

namespace Lifeguard.Domain.Federation;

/// <summary>A provider's details, complete.</summary>
/// <param name="All">What was given and what was found or is known.</param>
/// <param name="Issuer">As <see cref="IdentityProvider.Issuer"/>.</param>
/// <param name="Certificates">As <see cref="IdentityProvider.Certificates"/>.</param>
public sealed record ProviderDetails(
    IReadOnlyDictionary<string, string> All, string Issuer, IReadOnlyList<string> Certificates)
{
    /// <summary>Until when they hold, where they were read; null for ever.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Far more than any type has keys.</summary>
    private const int MaxKeys = 50;

    /// <summary>What is given, without what is empty, in the order of the keys.</summary>
    /// <exception cref="ApiException">InvalidParameterException: too many keys.</exception>
    public static SortedDictionary<string, string> Given(IReadOnlyDictionary<string, string> details)
    {
        if (details.Count > MaxKeys) throw FederationRefusals.TooManyDetails(MaxKeys);
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
            if (!string.IsNullOrWhiteSpace(value)) given.Add(name, value);
        return given;
    }

    /// <summary>The details of one of the four known types: what the service adds always comes from it, so
    /// that an old answer that is sent back does not keep old addresses.</summary>
    /// <param name="given">Without what is empty.</param>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static ProviderDetails OfSocial(string type, SortedDictionary<string, string> given)
    {
        var isApple = type == IdentityProviderTypeType.SignInWithApple;
        if (isApple && !Has(given, DetailNames.PrivateKey, DetailNames.TeamId, DetailNames.KeyId))
            throw FederationRefusals.AppleDetailsMissing();
        if (isApple && !AppleSecret.IsKey(given[DetailNames.PrivateKey])) throw FederationRefusals.AppleKey();
        if (!isApple && !Has(given, DetailNames.ClientSecret, DetailNames.Scopes))
            throw FederationRefusals.SocialDetailsMissing();
        foreach (var (name, value) in Added(type, given)) given[name] = value;
        return new(given, "", []);
    }

    private static bool Has(SortedDictionary<string, string> given, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (!given.ContainsKey(name)) return false;
        return given.ContainsKey(DetailNames.ClientId);
    }

    /// <summary>Fixed members (doc).</summary>
    private static (string Name, string Value)[] Added(
        string type, SortedDictionary<string, string> given) => type switch
        {
            IdentityProviderTypeType.Google =>
            [
                (DetailNames.AttributesUrl, "https://people.googleapis.com/v1/people/me?personFields="),
                (DetailNames.AddsAttributes, "true"),
                (DetailNames.AuthorizeUrl, "https://accounts.google.com/o/oauth2/v2/auth"),
                (DetailNames.Issuer, "https://accounts.google.com"),
                (DetailNames.TokenMethod, "POST"),
                (DetailNames.TokenUrl, "https://www.googleapis.com/oauth2/v4/token"),
            ],
            IdentityProviderTypeType.LoginWithAmazon =>
            [
                (DetailNames.AttributesUrl, "https://api.amazon.com/user/profile"),
                (DetailNames.AddsAttributes, "false"),
                (DetailNames.AuthorizeUrl, "https://www.amazon.com/ap/oa"),
                (DetailNames.TokenMethod, "POST"),
                (DetailNames.TokenUrl, "https://api.amazon.com/auth/o2/token"),
            ],
            IdentityProviderTypeType.SignInWithApple =>
            [
                (DetailNames.AddsAttributes, "false"),
                (DetailNames.AuthorizeUrl, "https://appleid.apple.com/auth/authorize"),
                (DetailNames.Issuer, "https://appleid.apple.com"),
                (DetailNames.TokenMethod, "POST"),
                (DetailNames.TokenUrl, "https://appleid.apple.com/auth/token"),
            ],
            _ => Facebook(given),
        };

    private static (string Name, string Value)[] Facebook(SortedDictionary<string, string> given)
    {
        var version = given.GetValueOrDefault(DetailNames.ApiVersion) ?? "v17.0";
        if (!IsVersion(version)) throw FederationRefusals.ApiVersion();
        return
        [
            (DetailNames.ApiVersion, version),
            (DetailNames.AttributesUrl, $"https://graph.facebook.com/{version}/me?fields="),
            (DetailNames.AddsAttributes, "true"),
            (DetailNames.AuthorizeUrl, $"https://www.facebook.com/{version}/dialog/oauth"),
            (DetailNames.TokenMethod, "GET"),
            (DetailNames.TokenUrl, $"https://graph.facebook.com/{version}/oauth/access_token"),
        ];
    }

    /// <summary>It becomes part of addresses.</summary>
    private static bool IsVersion(string text) =>
        text.Length is >= 2 and <= 8 && text[0] == 'v' && char.IsAsciiDigit(text[1])
        && text.Skip(1).All(character => char.IsAsciiDigit(character) || character == '.');

    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => nameof(ProviderDetails);
}
