namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>What browsers may do with a page (Content Security Policy, level 3).</summary>
internal static class PagePolicy
{
    /// <summary>For any address: a chain that leads to an identity provider of which nothing is known
    /// yet.</summary>
    public const string AnySecure = "https:";

    /// <summary>The header. Nothing is loaded but what the page names itself with its nonce, and images of
    /// its own site; nobody frames it.</summary>
    /// <param name="onward">Where the answers to its forms may redirect, besides the site itself: browsers
    /// hold whole chains of redirects to this. An origin, or a scheme such as <c>myapp:</c>.</param>
    public static string Of(string nonce, params IEnumerable<string> onward) =>
        $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src 'self'; "
        + $"form-action {string.Join(' ', onward.Where(IsSource).Prepend("'self'"))}; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>What <see cref="Of"/> takes for a redirect: its origin for a web page, its scheme for an
    /// application.</summary>
    public static string Source(Uri redirect) =>
        redirect.Scheme is "http" or "https"
            ? redirect.GetLeftPart(UriPartial.Authority)
            : redirect.Scheme + ":";

    /// <summary>Nothing that would end the directive or begin another.</summary>
    private static bool IsSource(string text) =>
        text.Length > 0 && text.All(
            static letter => char.IsAscii(letter) && letter is > ' ' and not ';' and not ',');
}
