using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Sends an answer to an app by form (OAuth 2.0 Form Post Response Mode): at once where scripts run,
/// and else at the press of a button.</summary>
internal static class FormPostPage
{
    public static Html Page(
        PageFrame frame, string address, IReadOnlyList<(string Name, string Value)> fields) =>
        $"""
        <!doctype html>
        <html lang="{frame.Texts.Language.Tag}">
        <head><meta charset="utf-8"><title>{frame.Texts.Next}</title></head>
        <body>
        <form method="post" action="{address}">
        {fields.Select(Field)}
        <button type="submit">{frame.Texts.Next}</button>
        </form>
        <script nonce="{frame.Nonce}">document.forms[0].submit()</script>
        </body>
        </html>
        """;

    private static Html Field((string Name, string Value) field) =>
        $"""<input type="hidden" name="{field.Name}" value="{field.Value}">""";
}
