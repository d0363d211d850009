using Lifeguard.Protocol.Totp;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>An authenticator app to be set up: the secret as a picture, as a link and as letters, and a code
/// that shows that it has arrived.</summary>
internal static class SetUpTotpPage
{
    private const int LettersOfGroup = 4;

    /// <summary>Of an authenticator's name.</summary>
    private const int LongestName = 128;

    public static Html Page(PageFrame frame, SetUpTotpModel model)
    {
        var texts = frame.Texts;
        var uri = TotpUri.Of(model.Issuer, model.Username, model.Secret);
        return frame.Page(new(
            texts.SetUpTotpTitle,
            $"""
            <div class="stack tight">
            <p>{texts.TotpScan}</p>
            <div class="qr">{QrCode.Of(uri, texts.TotpImage)}</div>
            <a class="button secondary on-this-device" href="{uri}">{texts.TotpOpen}</a>
            <details><summary>{Icons.Turn}<span>{texts.TotpByHand}</span></summary>
            <p class="label">{texts.TotpSecret}</p><code class="key">{Groups(model.Secret)}</code></details>
            </div>
            {Form(frame, model)}
            """)
        {
            Graphic = Graphic.Authenticator,
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.CodeError is not null
                || model.DeviceNameError is not null,
            Links = frame.WaysOut(PagePaths.SetUpMfa, model, model.CanChooseOther),
        });
    }

    private static Html Form(PageFrame frame, SetUpTotpModel model)
    {
        var texts = frame.Texts;
        return frame.Form(
            PagePaths.SetUpTotp,
            $"""
            {FormPieces.Hidden(FormFields.Secret, model.Secret)}
            {frame.Field(CodePieces.Line(texts.TotpCode, model.CodeError) with { HasFocus = false })}
            {frame.Field(new(FormFields.DeviceName, texts.DeviceName)
            {
                IsRequired = false,
                Hint = texts.DeviceNameHint,
                MaxLength = LongestName,
                Value = model.DeviceName,
                Error = model.DeviceNameError,
            })}
            {frame.Submit(texts.Verify)}
            """,
            model);
    }

    /// <summary>Set apart for the eye only: what is copied has no blanks.</summary>
    private static IEnumerable<Html> Groups(string secret) =>
        secret.Chunk(LettersOfGroup).Select(group => (Html)$"<span>{new string(group)}</span>");
}
