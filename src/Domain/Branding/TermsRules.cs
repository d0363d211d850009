namespace Lifeguard.Domain.Branding;

/// <summary>What a request says of terms.</summary>
public sealed record GivenTerms(
    string? Name, string? Source, string? Enforcement, IReadOnlyDictionary<string, string>? Links);

/// <summary>What can be said of terms.</summary>
public static class TermsRules
{
    /// <summary>The key of the address for all languages that have none of their own.</summary>
    public const string DefaultLanguage = "cognito:default";

    /// <summary>New terms of an app client.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static TermsDocument New(AppClient client, string id, GivenTerms given, DateTimeOffset now) =>
        new()
        {
            PoolId = client.PoolId,
            Id = id,
            ClientId = client.Id,
            Name = given.Name!,
            Source = given.Source!,
            Enforcement = given.Enforcement!,
            Links = Checked(given.Links),
            CreatedAt = now,
            ModifiedAt = now,
        };

    /// <summary>The terms after an update: what the request leaves out stays, and links are replaced
    /// together.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static TermsDocument Changed(TermsDocument terms, GivenTerms given, DateTimeOffset now) =>
        terms with
        {
            Name = given.Name ?? terms.Name,
            Source = given.Source ?? terms.Source,
            Enforcement = given.Enforcement ?? terms.Enforcement,
            Links = given.Links is null ? terms.Links : Checked(given.Links),
            ModifiedAt = now,
        };

    /// <summary>Pages show these addresses as links: nothing but a page of the Web may be behind
    /// them.</summary>
    private static SortedDictionary<string, string> Checked(IReadOnlyDictionary<string, string>? links)
    {
        if (links?.ContainsKey(DefaultLanguage) != true) throw BrandingRefusals.NoDefaultLink();
        foreach (var (language, link) in links)
        {
            var isAddress = Uri.TryCreate(link, UriKind.Absolute, out var address)
                && address.Scheme == Uri.UriSchemeHttps
                && link.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                && address.UserInfo.Length == 0;
            if (!isAddress) throw BrandingRefusals.Link(language);
        }

        return new(links.ToDictionary(), StringComparer.Ordinal);
    }
}
