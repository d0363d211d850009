using System.Net;

namespace Lifeguard.Domain;

/// <summary>What a mail program is given to show. Most wordings of messages are a sentence or two of mark-up;
/// by itself that is set in a narrow serif, and looks like a mistake.</summary>
public static class HtmlDocument
{
    private const string Style =
        "margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

    // Primary subtags of languages that are written from right to left in their usual script.
    private static readonly string[] RightToLeft =
        ["ar", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"];

    /// <summary>The body as a document; as it is where it is one already.</summary>
    /// <param name="language">BCP 47 tag of the body, by which screen readers choose a voice; null where it
    /// is not known.</param>
    public static string Of(string title, string body, string? language) => IsDocument(body) ? body :
        $$"""
        <!DOCTYPE html>
        <html{{Attributes(language)}}>
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{{WebUtility.HtmlEncode(title)}}</title></head>
        <body style="{{Style}}">
        {{body}}
        </body>
        </html>
        """;

    private static string Attributes(string? language)
    {
        if (language is null) return "";
        var isRightToLeft = RightToLeft.Contains(language.Split('-')[0], StringComparer.OrdinalIgnoreCase);
        return $" lang=\"{WebUtility.HtmlEncode(language)}\" dir=\"{(isRightToLeft ? "rtl" : "ltr")}\"";
    }

    private static bool IsDocument(string body) =>
        body.Contains("<html", StringComparison.OrdinalIgnoreCase)
        || body.Contains("<body", StringComparison.OrdinalIgnoreCase);
}
