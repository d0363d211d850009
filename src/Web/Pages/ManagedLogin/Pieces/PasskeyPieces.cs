using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>Forms that <c>passkeys.js</c> fills in; it says what their attributes mean.</summary>
internal static class PasskeyPieces
{
    private const string Offered = "offer";
    private const string AtOnce = "at once";

    /// <summary>Beside the field of the name: the browser offers the passkeys it has, and a button asks for
    /// one.</summary>
    public static Html Offer(PageFrame frame, string options, string session) => Form(
        frame,
        PagePaths.SignIn,
        new("get", Offered, options),
        $"{frame.Carried(null)}{FormPieces.Hidden(FormFields.Session, session)}",
        Button("secondary", frame.Texts.SignInWithPasskey));

    /// <summary>The browser asks at once, and the button asks again.</summary>
    public static Html Get(PageFrame frame, string options, StepModel step) => Form(
        frame,
        PagePaths.SignIn,
        new("get", AtOnce, options),
        frame.Carried(step),
        Button("primary", frame.Texts.UsePasskey));

    /// <summary>Creating one.</summary>
    public static Html Create(PageFrame frame, string options, StepModel step) => Form(
        frame,
        PagePaths.AddPasskey,
        new("create", null, options),
        frame.Carried(step),
        Button("primary", frame.Texts.CreatePasskey));

    private static Html Button(string style, string text) =>
        $"""
        <button type="button" class="button {style}" data-start hidden>{Icons.Passkey}{Words(text)}</button>
        """;

    private static Html Words(string text) => $"<span>{text}</span>";

    private static Html Form(PageFrame frame, string path, Wanted wanted, Html carried, Html button)
    {
        var texts = frame.Texts;
        Html warning = $"{Icons.Alert}<p>{texts.PasskeyNeedsScript}</p>";
        Html? withoutScript = wanted.Begin == Offered
            ? null
            : (Html)$"""<noscript><div class="alert warning">{warning}</div></noscript>""";
        var begin = FormPieces.Attribute("data-begin", wanted.Begin);
        Html data =
            $"""
            data-passkey="{wanted.Passkey}"{begin} data-options="{wanted.Options}"
            """;
        return
            $"""
            <form method="post" action="{frame.To(path)}" {data}>
            {carried}{FormPieces.Hidden(FormFields.Credential, "")}
            {Said("unsupported", texts.PasskeyUnsupported)}
            {Said("exists", texts.PasskeyExists)}
            {Said("failed", texts.PasskeyFailed)}
            {withoutScript}
            {button}
            </form>
            """;
    }

    private static Html Said(string what, string text) =>
        $"""
        <div class="alert error" role="alert" data-said="{what}" hidden>{Icons.Alert}<p>{text}</p></div>
        """;

    /// <summary>The attributes of the form.</summary>
    private sealed record Wanted(string Passkey, string? Begin, string Options);
}
