using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>Codes that are entered, and ways around them.</summary>
internal static class CodePieces
{
    /// <summary>Long enough for every code with blanks in it.</summary>
    private const int LongestCode = 32;

    public static Field Line(string label, string? error) => new(FormFields.Code, label)
    {
        Autocomplete = "one-time-code",
        InputMode = "numeric",
        MaxLength = LongestCode,
        Error = error,
        HasFocus = true,
        IsCode = true,
    };

    /// <summary>What a form sends along unseen of where its code went.</summary>
    public static Html? Carried(SentCode? sent) => sent is null
        ? null
        : (Html)$"""
            {FormPieces.Hidden(FormFields.SentBy, sent.Medium.ToString())}
            {FormPieces.Hidden(FormFields.SentTo, sent.Destination ?? "")}
            """;

    public static Graphic GraphicOf(SentCode? sent) => sent?.Medium switch
    {
        CodeMedium.Email => Graphic.Email,
        CodeMedium.Sms => Graphic.Sms,
        CodeMedium.Authenticator => Graphic.Authenticator,
        _ => Graphic.None,
    };

    /// <summary>Back to the choice: the form without one.</summary>
    public static Html AnotherWay(this PageFrame frame, string path, StepModel step) =>
        frame.LinkForm(path, frame.Texts.TryAnotherWay, step);

    /// <summary>To another factor, where there is one, and to the sign-in.</summary>
    /// <param name="path">Where the choice is.</param>
    public static Html WaysOut(this PageFrame frame, string path, StepModel step, bool canChooseOther) =>
        $"""
        {(canChooseOther ? frame.AnotherWay(path, step) : null)}
        {frame.Link(PagePaths.SignIn, frame.Texts.BackToSignIn)}
        """;
}
