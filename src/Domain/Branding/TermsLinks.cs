namespace Lifeguard.Domain.Branding;

/// <summary>The two addresses that a page for signing up shows.</summary>
public sealed record TermsLinks(string TermsOfUse, string PrivacyPolicy)
{
    public const string TermsOfUseName = "terms-of-use";

    public const string PrivacyPolicyName = "privacy-policy";

    /// <summary>The service's names of the languages that pages speak, by their codes.</summary>
    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["de"] = "german",
        ["en"] = "english",
        ["es"] = "spanish",
        ["fr"] = "french",
        ["id"] = "bahasa-indonesia",
        ["it"] = "italian",
        ["ja"] = "japanese",
        ["ko"] = "korean",
        ["nl"] = "dutch",
        ["pt-BR"] = "portuguese-brazil",
        ["zh-CN"] = "chinese-simplified",
        ["zh-TW"] = "chinese-traditional",
    };

    /// <summary>The addresses of an app client in a language, or in the default one where they have none in
    /// it; null unless there are both documents (doc).</summary>
    /// <param name="language">A code such as <c>pt-BR</c>.</param>
    public static TermsLinks? Of(IReadOnlyList<TermsDocument> documents, string language) =>
        Link(documents, TermsOfUseName, language) is { } terms
            && Link(documents, PrivacyPolicyName, language) is { } policy
            ? new(terms, policy)
            : null;

    private static string? Link(IReadOnlyList<TermsDocument> documents, string name, string language)
    {
        if (documents.FirstOrDefault(terms => terms.Name == name)?.Links is not { } links) return null;
        return Languages.TryGetValue(language, out var own)
            && links.TryGetValue($"cognito:{own}", out var link)
                ? link
                : links.GetValueOrDefault(TermsRules.DefaultLanguage);
    }
}
