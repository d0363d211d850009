using System.Globalization;
using Lifeguard.Domain;
using Lifeguard.Web.Pages;

namespace Lifeguard.Web.Inbox;

/// <summary>The inbox as pages. They need no script.</summary>
internal static class InboxPages
{
    /// <summary>How many messages a page lists.</summary>
    public const int PageSize = 50;

    /// <summary>The list, newest first.</summary>
    /// <param name="search">What was searched for; empty for everything.</param>
    public static Html List(IReadOnlyList<InboxEntry> entries, string search) => Page(
        "Inbox",
        search,
        entries.Count == 0
            ? Nothing(search)
            : (Html)$"""
                <ul class="list">{entries.Select(Row)}</ul>
                {Older(entries, search)}
                """);

    /// <summary>One message.</summary>
    /// <param name="raw">The e-mail as a mail server gets it, or why it cannot be written so; null for a text
    /// message.</param>
    public static Html Message(InboxEntry entry, string? raw) => Page(
        entry.Subject ?? "Text message",
        "",
        $"""
        <article class="paper">
        <h2>{entry.Subject ?? "Text message"}</h2>
        <dl>
        <dt>To</dt><dd>{entry.To}</dd>
        {Fact("From", entry.From)}{Fact("Reply to", entry.ReplyTo)}
        <dt>Sent</dt><dd>{Time(entry.At, "yyyy-MM-dd HH:mm:ss")} UTC</dd>
        <dt>Pool</dt><dd>{entry.PoolId}</dd>
        <dt>Number</dt><dd>{entry.Sequence}</dd>
        </dl>
        {(entry.IsTextOnly || entry.Text is null ? Html.Empty : Mail(entry))}
        <h3>Text</h3>
        <pre>{entry.Text ?? entry.Body}</pre>
        {(raw is null ? Html.Empty : Raw(entry, raw))}
        </article>
        """);

    /// <summary>No such message.</summary>
    public static Html Missing() => Page(
        "No such message",
        "",
        $"""
        <div class="paper empty"><p>This message is not there, or no longer.</p>
        <p><a href="/inbox">Inbox</a></p></div>
        """);

    private static Html Fact(string name, string? value) =>
        value is null ? Html.Empty : (Html)$"<dt>{name}</dt><dd>{value}</dd>";

    /// <summary>The mail as a mail program shows it. It is somebody else's mark-up, so it comes from a path
    /// whose policy allows neither scripts nor requests, in a frame that allows nothing either.</summary>
    private static Html Mail(InboxEntry entry) =>
        $"""
        <h3>Message</h3>
        <iframe sandbox="" title="The message" src="/inbox/{entry.Sequence}/body"></iframe>
        """;

    private static Html Raw(InboxEntry entry, string raw) =>
        $"""
        <details><summary>Raw message</summary><pre>{raw}</pre></details>
        <p><a href="/_lifeguard/inbox/{entry.Sequence}/raw">Download</a></p>
        """;

    private static Html Row(InboxEntry entry) =>
        $"""
        <li><a href="/inbox/{entry.Sequence}">
        <span class="when faint">{Time(entry.At, "MM-dd HH:mm:ss")}</span>
        <span class="how faint">{(entry.Medium == DeliveryMedium.Email ? "e-mail" : "SMS")}</span>
        <span class="whom">{entry.To}</span>
        <span class="what strong">{entry.Subject ?? entry.Body}</span>
        </a></li>
        """;

    private static Html Nothing(string search) => search.Length == 0
        ? (Html)$"""
            <div class="paper empty"><p>No messages yet.</p>
            <p class="faint">E-mail and SMS that the server sends appear here.</p></div>
            """
        : $"""<div class="paper empty"><p>No message holds “{search}”.</p></div>""";

    private static Html Older(IReadOnlyList<InboxEntry> entries, string search) =>
        entries.Count < PageSize || search.Length > 0
            ? Html.Empty
            : $"""<p><a href="/inbox?before={entries[^1].Sequence}">Older messages</a></p>""";

    private static Html Page(string title, string search, Html content) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} – Lifeguard</title>
        <link rel="stylesheet" href="/inbox/style.css">
        </head>
        <body>
        <header>
        <h1><a href="/inbox">Inbox</a></h1>
        <a href="/inbox">Refresh</a>
        <form action="/inbox" role="search">
        <input type="search" name="q" value="{search}" maxlength="200" placeholder="Address, subject, text"
          aria-label="Search">
        <button>Search</button>
        </form>
        </header>
        <main>
        {content}
        </main>
        </body>
        </html>
        """;

    private static string Time(DateTimeOffset at, string format) =>
        at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
