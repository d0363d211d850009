using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>A request that leads nowhere.</summary>
internal static class ErrorPage
{
    private const int LongestReason = 64;

    /// <summary>How the service begins what it says of a request to sign out (observed).</summary>
    private const string ParameterMissing = "Required String parameter ";

    public static Html Page(PageFrame frame, ErrorModel model)
    {
        var texts = frame.Texts;
        var words = model.Reason switch
        {
            "redirect_mismatch" => texts.RedirectMismatch,
            "Required parameters missing" => texts.ParametersMissing,
            { } reason when reason.StartsWith(ParameterMissing, StringComparison.Ordinal) =>
                texts.ParametersMissing,
            _ => null,
        };
        Html? code = words is null && IsCode(model.Reason)
            ? (Html)$"<p><code>{model.Reason}</code></p>"
            : null;
        return frame.Page(new(
            texts.ErrorTitle,
            $"""
            <div class="stack tight"><p>{model.Description ?? words}</p>{code}<p>{texts.ErrorAdvice}</p></div>
            """)
        {
            Lead = $"{texts.ErrorText}",
            Alert = model.Alert,
        });
    }

    private static bool IsCode(string? reason) =>
        reason is { Length: > 0 and <= LongestReason }
        && reason.All(static letter => char.IsAsciiLetterLower(letter) || letter == '_');
}

/// <summary>Nobody is signed in any more.</summary>
internal static class SignedOutPage
{
    public static Html Page(PageFrame frame, SignedOutModel model) => frame.Page(new(
        frame.Texts.SignedOutTitle, Html.Empty)
    {
        Lead = $"{frame.Texts.SignedOutLead}",
        Alert = model.Alert,
        Links = model.SignInHref is { } href ? FormPieces.Onward(href, frame.Texts.SignInAgain) : null,
    });
}

/// <summary>The app client has no pages.</summary>
internal static class UnavailablePage
{
    public static Html Page(PageFrame frame, UnavailableModel model) => frame.Page(new(
        frame.Texts.UnavailableTitle, Html.Empty)
    {
        Lead = $"{frame.Texts.UnavailableText}",
        Alert = model.Alert,
    });
}

/// <summary>A form does not come from a page as this browser has it now.</summary>
internal static class ForeignFormPage
{
    public static Html Page(PageFrame frame, ForeignFormModel model) => frame.Page(new(
        frame.Texts.TimedOutTitle, Html.Empty)
    {
        Lead = $"{frame.Texts.ForeignFormLead}",
        Alert = model.Alert,
        Links = FormPieces.Onward(model.RestartHref, frame.Texts.StartAgain),
    });
}

/// <summary>A page of a sign-in was sent twice, or went on elsewhere.</summary>
internal static class UsedUpPage
{
    public static Html Page(PageFrame frame, UsedUpModel model) => frame.Page(new(
        frame.Texts.TimedOutTitle, Html.Empty)
    {
        Lead = $"{frame.Texts.UsedUpLead}",
        Alert = model.Alert,
        Links = FormPieces.Onward(model.RestartHref, frame.Texts.StartAgain),
    });
}

/// <summary>A sign-in was left open for too long.</summary>
internal static class TimedOutPage
{
    public static Html Page(PageFrame frame, TimedOutModel model) => frame.Page(new(
        frame.Texts.TimedOutTitle, Html.Empty)
    {
        Lead = $"{frame.Texts.TimedOutLead}",
        Alert = model.Alert,
        Links = model.RestartHref is { } href ? FormPieces.Onward(href, frame.Texts.StartAgain) : null,
    });
}
