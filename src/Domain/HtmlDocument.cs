using System.Net;

namespace Lifeguard.Domain;

/// <summary>What a mail program is given to show. Most wordings of messages are a sentence or two of mark-up;
/// by itself that is set in a narrow serif, and looks like a mistake.</summary>
public static class HtmlDocument
{
    private const string Style =
        "margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

    /// <summary>The body as a document; as it is where it is one already.</summary>
    public static string Of(string title, string body) => IsDocument(body) ? body :
        $$"""
        <!DOCTYPE html>
        <html>
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{{WebUtility.HtmlEncode(title)}}</title></head>
        <body style="{{Style}}">
        {{body}}
        </body>
        </html>
        """;

    private static bool IsDocument(string body) =>
        body.Contains("<html", StringComparison.OrdinalIgnoreCase)
        || body.Contains("<body", StringComparison.OrdinalIgnoreCase);
}
