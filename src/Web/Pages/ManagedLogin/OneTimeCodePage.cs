using Lifeguard.Contract;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>A code from a message or an authenticator.</summary>
internal static class OneTimeCodePage
{
    public static Html Page(PageFrame frame, OneTimeCodeModel model)
    {
        var texts = frame.Texts;
        var path = PathOf(model.Purpose);
        return frame.Page(new(
            texts.CodeTitle,
            frame.Form(
                path,
                $"""
                {frame.Field(CodePieces.Line(texts.Code, model.CodeError))}
                {frame.Submit(texts.Verify)}
                """,
                model))
        {
            Lead = texts.WhereIs(model.Sent),
            Graphic = CodePieces.GraphicOf(model.Sent),
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.CodeError is not null,
            Links = $"""
                {(model.CanResend
                    ? frame.LinkForm(path, texts.SendNewCode, model, FormFields.Resend)
                    : null)}
                {Correction(frame, model)}
                {frame.WaysOut(ChoiceOf(model.Purpose), model, model.CanChooseOther)}
                """,
        });
    }

    /// <summary>Back to what was entered, where the code went to a new address or number.</summary>
    private static Html? Correction(PageFrame frame, OneTimeCodeModel model)
    {
        (string Factor, string Text)? way = model.Purpose switch
        {
            CodePurpose.PhoneSetUp => (ChallengeNameType.SmsMfa, frame.Texts.ChangePhoneNumber),
            CodePurpose.EmailSetUp => (ChallengeNameType.EmailOtp, frame.Texts.ChangeEmail),
            _ => null,
        };
        return way is { Factor: var factor, Text: var text }
            ? frame.LinkForm(
                PagePaths.SetUpMfa, text, model, carried: FormPieces.Hidden(FormFields.Factor, factor))
            : null;
    }

    /// <summary>Where its form leads, and where the page is itself.</summary>
    public static string PathOf(CodePurpose purpose) => purpose switch
    {
        CodePurpose.FirstFactor => PagePaths.SignIn,
        CodePurpose.PhoneSetUp => PagePaths.SetUpSms,
        CodePurpose.EmailSetUp => PagePaths.SetUpEmail,
        _ => PagePaths.Mfa,
    };

    private static string ChoiceOf(CodePurpose purpose) => purpose switch
    {
        CodePurpose.FirstFactor => PagePaths.SignIn,
        CodePurpose.PhoneSetUp or CodePurpose.EmailSetUp => PagePaths.SetUpMfa,
        _ => PagePaths.ChooseMfa,
    };
}
