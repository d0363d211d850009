using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Which second factor to use.</summary>
internal static class ChooseMfaPage
{
    public static Html Page(PageFrame frame, ChooseMfaModel model) => frame.Page(new(
        frame.Texts.ChooseMfaTitle,
        frame.Form(PagePaths.ChooseMfa, frame.Factors(model.Factors), model))
    {
        Lead = $"{frame.Texts.ChooseMfaLead}",
        Graphic = Graphic.Protection,
        Who = model.Username,
        Alert = model.Alert,
        IsRefused = model.Alert?.Kind == AlertKind.Error,
        Links = frame.Link(PagePaths.SignIn, frame.Texts.BackToSignIn),
    });
}

/// <summary>Which second factor to set up.</summary>
internal static class SetUpMfaPage
{
    public static Html Page(PageFrame frame, SetUpMfaModel model) => frame.Page(new(
        frame.Texts.SetUpMfaTitle,
        frame.Form(PagePaths.SetUpMfa, frame.Factors(model.Factors), model))
    {
        Lead = $"{frame.Texts.SetUpMfaLead}",
        Graphic = Graphic.Protection,
        Who = model.Username,
        Alert = model.Alert,
        IsRefused = model.Alert?.Kind == AlertKind.Error,
        Links = frame.Link(PagePaths.SignIn, frame.Texts.BackToSignIn),
    });
}

/// <summary>A phone that is to get codes.</summary>
internal static class SetUpPhonePage
{
    public static Html Page(PageFrame frame, SetUpPhoneModel model)
    {
        var texts = frame.Texts;
        return frame.Page(new(
            texts.SetUpPhoneTitle,
            frame.Form(
                PagePaths.SetUpSms,
                $"""
                {frame.Field(new(FormFields.PhoneNumber, texts.PhoneNumber)
                {
                    Type = "tel",
                    Autocomplete = "tel",
                    Hint = texts.PhoneNumberHint,
                    Value = model.PhoneNumber,
                    Error = model.PhoneNumberError,
                    HasFocus = true,
                })}
                {frame.Submit(texts.SendCode)}
                """,
                model))
        {
            Lead = $"{texts.SetUpPhoneLead}",
            Graphic = Graphic.Sms,
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.PhoneNumberError is not null,
            Links = frame.WaysOut(PagePaths.SetUpMfa, model, model.CanChooseOther),
        });
    }
}

/// <summary>An address that is to get codes.</summary>
internal static class SetUpEmailPage
{
    public static Html Page(PageFrame frame, SetUpEmailModel model)
    {
        var texts = frame.Texts;
        return frame.Page(new(
            texts.SetUpEmailTitle,
            frame.Form(
                PagePaths.SetUpEmail,
                $"""
                {frame.Field(new(FormFields.Email, texts.Email)
                {
                    Type = "email",
                    Autocomplete = "email",
                    Value = model.Email,
                    Error = model.EmailError,
                    HasFocus = true,
                })}
                {frame.Submit(texts.SendCode)}
                """,
                model))
        {
            Lead = $"{texts.SetUpEmailLead}",
            Graphic = Graphic.Email,
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.EmailError is not null,
            Links = frame.WaysOut(PagePaths.SetUpMfa, model, model.CanChooseOther),
        });
    }
}
