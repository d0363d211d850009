using System.Globalization;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lifeguard.Web.Inbox;

/// <summary>Serves the inbox's pages. Development only.</summary>
public sealed class InboxEndpoints(IInbox inbox)
{
    private const int LongestSearch = 200;
    private const string HtmlType = "text/html; charset=utf-8";

    private const string PagePolicy =
        "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>For the mark-up of others: its own styling and embedded pictures, nothing else.</summary>
    private const string BodyPolicy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
        + "base-uri 'none'; frame-ancestors 'self'";

    /// <summary><c>/inbox?q=&amp;before=</c></summary>
    public Task List(HttpContext context)
    {
        var search = context.Request.Query["q"].ToString().Trim();
        if (search.Length > LongestSearch) search = search[..LongestSearch];
        var before = Number(context.Request.Query["before"]) ?? long.MaxValue;
        var entries = search.Length == 0
            ? inbox.Newest(InboxPages.PageSize, before)
            : inbox.Search(search, InboxPages.PageSize);
        return Send(context, 200, PagePolicy, HtmlType, InboxPages.List(entries, search).ToString());
    }

    /// <summary><c>/inbox/{sequence}</c></summary>
    public Task Message(HttpContext context) => Find(context) is { } entry
        ? Send(context, 200, PagePolicy, HtmlType, InboxPages.Message(entry, RawOf(entry)).ToString())
        : Send(context, 404, PagePolicy, HtmlType, InboxPages.Missing().ToString());

    /// <summary><c>/inbox/{sequence}/body</c>: the mail's own mark-up, made harmless by its policy.</summary>
    public Task Body(HttpContext context) => Find(context) is { Subject: { } subject } entry
        ? Send(context, 200, BodyPolicy, HtmlType, HtmlDocument.Of(subject, entry.Body, entry.Language))
        : Send(context, 404, PagePolicy, HtmlType, InboxPages.Missing().ToString());

    /// <summary><c>/inbox/style.css</c></summary>
    public static Task Style(HttpContext context) =>
        Send(context, 200, PagePolicy, "text/css; charset=utf-8", InboxStyle.Sheet);

    private string? RawOf(InboxEntry entry)
    {
        try
        {
            return inbox.Raw(entry.Sequence) is { } raw ? Encoding.UTF8.GetString(raw.Span) : null;
        }
        catch (DeliveryException refused)
        {
            return refused.Message;
        }
    }

    private InboxEntry? Find(HttpContext context) =>
        Number(context.GetRouteValue("sequence") as string) is { } sequence and < long.MaxValue
        && inbox.Newest(1, sequence + 1) is [{ } entry] && entry.Sequence == sequence
            ? entry
            : null;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Task Send(
        HttpContext context, int status, string policy, string contentType, string content)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return JsonAnswer.Send(context, status, contentType, Encoding.UTF8.GetBytes(content));
    }
}
