using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Whose password is forgotten.</summary>
internal static class ForgotPasswordPage
{
    public static Html Page(PageFrame frame, ForgotPasswordModel model)
    {
        var texts = frame.Texts;
        var name = NameField.Of(texts, model.Names, model.Username, model.UsernameError);
        return frame.Page(new(
            texts.ForgotPassword,
            frame.Form(
                PagePaths.ForgotPassword,
                $"""
                {frame.Field(name with { HasFocus = true })}
                {frame.Submit(texts.SendCode)}
                """))
        {
            Lead = $"{texts.ForgotLead}",
            Graphic = Graphic.Password,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.UsernameError is not null,
            Links = frame.Link(PagePaths.SignIn, texts.BackToSignIn),
        });
    }
}

/// <summary>The code that was sent, and a new password.</summary>
internal static class ResetPasswordPage
{
    public static Html Page(PageFrame frame, ResetPasswordModel model)
    {
        var texts = frame.Texts;
        Html? sent = model.Sent is null ? null : texts.WhereIs(model.Sent);
        var carried = Carried(model);
        return frame.Page(new(
            texts.ResetTitle,
            frame.Form(
                PagePaths.ConfirmForgotPassword,
                $"""
                {carried}{frame.Field(CodePieces.Line(texts.Code, model.CodeError))}
                {frame.Chosen(texts.NewPassword, model.PasswordRules, model.PasswordError)}
                {frame.Submit(texts.ChangePassword)}
                """,
                model))
        {
            Lead = model.IsForced ? (Html)$"{texts.ResetForcedLead} {sent}" : sent,
            Graphic = CodePieces.GraphicOf(model.Sent),
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.CodeError is not null
                || model.PasswordError is not null,
            Links = $"""
                {frame.LinkForm(
                    PagePaths.ForgotPassword, texts.SendNewCode, model, FormFields.Resend, carried)}
                {frame.Link(PagePaths.SignIn, texts.BackToSignIn)}
                """,
        });
    }

    /// <summary>What the page has told of the code, which it has to tell again.</summary>
    private static Html Carried(ResetPasswordModel model)
    {
        var forced = model.IsForced ? FormPieces.Hidden(FormFields.Forced, "true") : null;
        return $"{CodePieces.Carried(model.Sent)}{forced}";
    }
}

/// <summary>A password of one's own in the place of a temporary one.</summary>
internal static class NewPasswordPage
{
    public static Html Page(PageFrame frame, NewPasswordModel model)
    {
        var texts = frame.Texts;
        var lead = model.Fields.Count == 0
            ? (Html)$"{texts.NewPasswordLead}"
            : $"{texts.NewPasswordLead} {texts.MissingFieldsLead}";
        return frame.Page(new(
            texts.NewPasswordTitle,
            frame.Form(
                PagePaths.ChangePassword,
                $"""
                {frame.Chosen(texts.NewPassword, model.PasswordRules, model.PasswordError, hasFocus: true)}
                {frame.Attributes(model.Fields)}
                {frame.Submit(texts.ChangePassword)}
                """,
                model))
        {
            Lead = lead,
            Graphic = Graphic.Password,
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.PasswordError is not null
                || AttributePieces.AreRefused(model.Fields),
        });
    }
}
