using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>What stands around every page, and what its forms and links carry along.</summary>
internal sealed record PageFrame
{
    public required PageTheme Theme { get; init; }

    /// <summary>Version 1 of a domain's pages: plain, in English, and styled by the classes of
    /// SetUICustomization. Otherwise managed login.</summary>
    public bool IsClassic => Theme.Classic is not null;

    public required PageTexts Texts { get; init; }

    /// <summary>Stands in the policy that the page is sent with (<see cref="PagePolicy"/>); without it no
    /// style and no script works.</summary>
    public required string Nonce { get; init; }

    /// <summary>Has to come back with every form.</summary>
    public required string CsrfToken { get; init; }

    /// <summary>Of the authorization request, without the question mark, still encoded.</summary>
    public string Query { get; init; } = "";

    /// <summary>Before every path, such as <c>/_domain/acme</c>; empty on hosts of domains.</summary>
    public string Base { get; init; } = "";

    /// <summary>The page that a change of language leads to; null where that would lose what was entered so
    /// far, which hides the choice.</summary>
    public string? LanguagePath { get; init; }

    /// <summary>A parameter that goes along, with what the page shows; null for nothing.</summary>
    public string? LanguageStep { get; init; }

    /// <summary>What people call the application that they sign in to; null where that is not told.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>The name of the field with <see cref="CsrfToken"/> (observed).</summary>
    public string CsrfField => IsClassic ? "_csrf" : "csrf";

    /// <summary>The address of one of <see cref="PagePaths"/>, with the query.</summary>
    public string To(string path) => Query.Length == 0 ? Base + path : $"{Base}{path}?{Query}";

    /// <summary>Where the page is in another language; null where no choice is offered.</summary>
    public string? In(PageLanguage language)
    {
        if (LanguagePath is null) return null;
        var rest = Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(static pair => pair != "lang" && !pair.StartsWith("lang=", StringComparison.Ordinal));
        var query = string.Join('&', rest.Append($"lang={language.Tag}"));
        return LanguageStep is null
            ? $"{Base}{LanguagePath}?{query}"
            : $"{Base}{LanguagePath}?{query}&{LanguageStep}";
    }

    /// <summary>Never prints its members: a token is among them.</summary>
    public override string ToString() => nameof(PageFrame);
}
