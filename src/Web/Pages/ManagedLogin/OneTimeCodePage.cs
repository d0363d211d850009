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
                {(model.CanChooseOther ? frame.AnotherWay(ChoiceOf(model.Purpose), model) : null)}
                """,
        });
    }

    private static string PathOf(CodePurpose purpose) => purpose switch
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
