using System.Text;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Pages;

/// <summary>A page that says one thing to whoever follows a link of a mail, and may ask for a press of a
/// button. It needs no script, and cannot be framed, cached or read from elsewhere.</summary>
internal static class NoticePage
{
    /// <summary>Where the style sheet is: a path of its own, so that no inline style need be
    /// allowed.</summary>
    public const string StylePath = "/_pages/notice.css";

    private const string Policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Sheet =
        """
        :root { color-scheme: light dark;
          --ground: light-dark(#f6f7f9, #14171c); --paper: light-dark(#fff, #1d2128);
          --ink: light-dark(#1b1f24, #e8eaed); --line: light-dark(#dfe3e8, #323944);
          --mark: light-dark(#a8321e, #ff9a85); --on-mark: light-dark(#fff, #1b1f24); }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
          background: var(--ground); color: var(--ink);
          font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        main { width: 100%; max-width: 28rem; padding: 2rem; text-align: center; background: var(--paper);
          border: 1px solid var(--line); border-radius: .75rem; }
        h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; }
        p { margin: 0 0 1rem; }
        main > :last-child, form > :last-child { margin-bottom: 0; }
        button { font: inherit; font-weight: 600; color: var(--on-mark); background: var(--mark);
          border: 0; border-radius: .5rem; padding: .625rem 1.5rem; cursor: pointer; }
        :focus-visible { outline: 2px solid var(--mark); outline-offset: 3px; }
        """;

    private static readonly byte[] SheetBytes = Encoding.UTF8.GetBytes(Sheet);

    /// <summary>The page.</summary>
    /// <param name="language">Of its words; null for English.</param>
    public static Task Send(
        HttpContext context, int status, string title, Html content, PageLanguage? language = null)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // The address of the page may hold a code.
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        Html page =
            $"""
            <!DOCTYPE html>
            <html lang="{(language ?? PageLanguage.English).Tag}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="stylesheet" href="{StylePath}">
            </head>
            <body><main>
            <h1>{title}</h1>
            {content}
            </main></body>
            </html>
            """;
        return JsonAnswer.Send(
            context, status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page.ToString()));
    }

    /// <summary>Its style sheet.</summary>
    public static Task Style(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return JsonAnswer.Send(context, 200, "text/css; charset=utf-8", SheetBytes);
    }
}
