using Lifeguard.Web.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>
/// The cookies of a domain's pages. On a host of its own over HTTPS they carry the prefix that keeps other
/// hosts of the same site from setting them (RFC 6265bis §4.1.3.2); where a path stands for the host they are
/// bound to the path.
/// </summary>
internal sealed class PageCookies
{
    /// <summary>Who is signed in (doc).</summary>
    public const string Session = "cognito";

    /// <summary>What forms have to send back (doc).</summary>
    public const string Csrf = "XSRF-TOKEN";

    /// <summary>The language that was asked for (doc).</summary>
    public const string Language = "lang";

    private readonly HttpContext context;
    private readonly bool isSecure;
    private readonly string path;
    private readonly string prefix;

    public PageCookies(HttpContext context, DomainVisit visit)
    {
        this.context = context;
        isSecure = visit.Address.StartsWith("https://", StringComparison.Ordinal);
        path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value! : "/";
        prefix = (isSecure, path) switch
        {
            (true, "/") => "__Host-",
            (true, _) => "__Secure-",
            _ => "",
        };
    }

    /// <summary>The cookie; null where the browser sends none.</summary>
    public string? this[string name] => context.Request.Cookies[prefix + name];

    /// <summary>Sets a cookie with the answer.</summary>
    /// <param name="end">Null for as long as the browser is open.</param>
    public void Set(string name, string value, DateTimeOffset? end, DateTimeOffset now) =>
        context.Response.Cookies.Append(prefix + name, value, Options(end - now));

    /// <summary>Takes a cookie away with the answer.</summary>
    public void Remove(string name) =>
        context.Response.Cookies.Append(prefix + name, "", Options(TimeSpan.Zero));

    private CookieOptions Options(TimeSpan? age) => new()
    {
        HttpOnly = true,
        Secure = isSecure,
        // Apps and identity providers send people here by links and redirects, which Lax lets through.
        SameSite = SameSiteMode.Lax,
        Path = path,
        MaxAge = age,
    };
}
