using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Which first factor to use.</summary>
internal static class ChooseFactorPage
{
    public static Html Page(PageFrame frame, ChooseFactorModel model) => frame.Page(new(
        frame.Texts.ChooseFactorTitle,
        frame.Form(PagePaths.SignIn, frame.Factors(model.Factors), model))
    {
        Who = model.Username,
        Alert = model.Alert,
        IsRefused = model.Alert?.Kind == AlertKind.Error,
        Links = frame.Link(PagePaths.SignIn, frame.Texts.UseAnotherAccount),
    });
}

/// <summary>The password, after the name.</summary>
internal static class PasswordPage
{
    public static Html Page(PageFrame frame, PasswordModel model)
    {
        var texts = frame.Texts;
        return frame.Page(new(
            texts.PasswordTitle,
            frame.Form(
                PagePaths.SignIn,
                $"""
                {frame.Field(texts.Current(model.PasswordError, hasFocus: true))}
                {frame.Submit(texts.SignIn)}
                """,
                model))
        {
            Graphic = Graphic.Password,
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.PasswordError is not null,
            Links = Links(frame, model),
        });
    }

    private static Html Links(PageFrame frame, PasswordModel model) =>
        $"""
        {(model.CanRecover ? frame.Link(PagePaths.ForgotPassword, frame.Texts.ForgotPassword) : null)}
        {(model.CanChooseOther ? frame.AnotherWay(PagePaths.SignIn, model) : null)}
        {frame.Link(PagePaths.SignIn, frame.Texts.UseAnotherAccount)}
        """;
}

/// <summary>Signing in with a passkey of the person who has given a name.</summary>
internal static class PasskeyPage
{
    public static Html Page(PageFrame frame, PasskeyModel model) => frame.Page(new(
        frame.Texts.PasskeyTitle, PasskeyPieces.Get(frame, model.Options, model))
    {
        Lead = $"{frame.Texts.PasskeyLead}",
        Graphic = Graphic.Passkey,
        Who = model.Username,
        Alert = model.Alert,
        IsRefused = model.Alert?.Kind == AlertKind.Error,
        Links = $"""
            {(model.CanChooseOther ? frame.AnotherWay(PagePaths.SignIn, model) : null)}
            {frame.Link(PagePaths.SignIn, frame.Texts.UseAnotherAccount)}
            """,
        HasPasskeys = true,
    });
}

/// <summary>Registering a passkey for somebody who is signed in.</summary>
internal static class AddPasskeyPage
{
    public static Html Page(PageFrame frame, AddPasskeyModel model) => frame.Page(new(
        frame.Texts.AddPasskeyTitle, PasskeyPieces.Create(frame, model.Options, model))
    {
        Lead = $"{frame.Texts.AddPasskeyLead}",
        Graphic = Graphic.Passkey,
        Who = model.Username,
        Alert = model.Alert,
        IsRefused = model.Alert?.Kind == AlertKind.Error,
        Links = model.CancelHref is { } href ? FormPieces.Onward(href, frame.Texts.NotNow) : null,
        HasPasskeys = true,
    });
}
