using Lifeguard.Domain.Federation;
using Lifeguard.Web.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>Bind a browser to what it was sent to a provider for. The answer may come from another site, by
/// form even, so the first cookie is sent along from there; the second is for browsers that do not know how
/// to say so (doc).</summary>
internal static class StateCookies
{
    public const string Name = "csrf-state";
    public const string LegacyName = "csrf-state-legacy";

    /// <summary>What the browser shows.</summary>
    public static IReadOnlyList<string> Of(HttpContext context) =>
        [.. new[] { Name, LegacyName }.Select(name => context.Request.Cookies[name]).OfType<string>()];

    /// <summary>Has the browser show this with the answer.</summary>
    public static void Set(HttpContext context, DomainVisit visit, string value)
    {
        var options = new CookieOptions
        {
            Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
            MaxAge = FederationState.Lifetime,
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.None,
        };
        context.Response.Cookies.Append(Name, value, options);
        options.SameSite = SameSiteMode.Unspecified;
        // Where a domain is reached by plain http, in development, a secure cookie may never come back.
        options.Secure = visit.Address.StartsWith("https://", StringComparison.Ordinal);
        context.Response.Cookies.Append(LegacyName, value, options);
    }
}
