namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>What browsers may do with a page (Content Security Policy, level 3).</summary>
internal static class PagePolicy
{
    private const string AnySecure = "https:";

    private const string AnyPlain = "http:";

    /// <summary>The header. Nothing is loaded but what the page names itself with its nonce, and images of
    /// its own site; nobody frames it.</summary>
    /// <param name="onward">Where the answers to its forms may redirect, besides the site itself
    /// (<see cref="Onward"/>).</param>
    public static string Of(string nonce, params IEnumerable<string> onward) =>
        $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src 'self'; "
        + $"form-action {string.Join(' ', onward.Where(IsSource).Distinct().Prepend("'self'"))}; "
        + "base-uri 'none'; frame-ancestors 'none'";

    /// <summary>What <see cref="Of"/> takes for the answer to a form that leads to another site: the schemes
    /// that may follow.</summary>
    // Not the site's own origin: Chromium holds the whole chain of redirects after a form to the directive
    // (the standard leaves that open), and ends one that goes on elsewhere without a word to anybody. But
    // where applications and identity providers send people who have come to them is their own business:
    // from api.example to www.example, or to the page that one was reading. So everything secure is allowed,
    // and what is not secure where the way leads over such a site anyway.
    public static IReadOnlyList<string> Onward(Uri site) => site.Scheme switch
    {
        "https" => [AnySecure],
        "http" => [AnySecure, AnyPlain],
        var application => [application + ":"],
    };

    /// <summary>Nothing that would end the directive or begin another.</summary>
    private static bool IsSource(string text) =>
        text.Length > 0 && text.All(
            static letter => char.IsAscii(letter) && letter is > ' ' and not ';' and not ',');
}
