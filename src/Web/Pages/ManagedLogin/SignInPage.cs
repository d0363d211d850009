using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Where a sign-in begins.</summary>
internal static class SignInPage
{
    public static Html Page(PageFrame frame, SignInModel model)
    {
        var texts = frame.Texts;
        Html? lead = frame.ApplicationName is { } application && !frame.IsClassic
            ? texts.SignInLead($"<strong><bdi>{application}</bdi></strong>")
            : null;
        return frame.Page(new(
            texts.SignInTitle, model.SignedInAs is { } name ? Account(frame, name) : Ways(frame, model))
        {
            Lead = lead,
            Notice = model.Notice,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.UsernameError is not null
                || model.PasswordError is not null || model.ProviderEmailError is not null,
            Links = model.SignedInAs is null ? Links(frame, model) : null,
            HasPasskeys = model.PasskeyOptions is not null,
        });
    }

    /// <summary>Somebody is signed in: go on, or be somebody else.</summary>
    private static Html Account(PageFrame frame, string name)
    {
        var texts = frame.Texts;
        Html who = $"<strong><bdi>{name}</bdi></strong>";
        Html go = $"<span>{texts.ContinueAs($"<bdi>{name}</bdi>")}</span>";
        return frame.Form(
            PagePaths.SignIn,
            $"""
            <p>{texts.SignedInAs(who)}</p>
            {frame.Submit(go, FormFields.Account, FormFields.Continue)}
            {FormPieces.Secondary(texts.UseAnotherAccount, FormFields.Account, FormFields.SwitchUser)}
            """);
    }

    private static Html Ways(PageFrame frame, SignInModel model)
    {
        var federated = Federated(frame, model);
        var local = model.HasLocalForm ? Local(frame, model) : null;
        if (federated is null || local is null) return federated ?? local ?? Html.Empty;
        return frame.Theme.Ways is [SignInWay.UsernamePassword, ..]
            ? (Html)$"{local}{frame.Or()}{federated}"
            : $"{federated}{frame.Or()}{local}";
    }

    private static Html? Federated(PageFrame frame, SignInModel model)
    {
        if (model.Providers.Count == 0 && !model.FindsProviderByEmail) return null;
        Html? providers = model.Providers.Count > 0 ? frame.Providers(model.Providers) : null;
        Html? legal = frame.IsClassic && model.Providers.Any(each => ProviderIcons.IsSocial(each.Type))
            ? (Html)$"""<p class="legalText-customizable">{frame.Texts.NothingPosted}</p>"""
            : null;
        Html? byEmail = model.FindsProviderByEmail ? ProviderByEmail(frame, model) : null;
        return $"""<div class="stack">{providers}{legal}{byEmail}</div>""";
    }

    private static Html ProviderByEmail(PageFrame frame, SignInModel model) => frame.Form(
        PagePaths.SignIn,
        $"""
        {FormPieces.Opened(model.OpenedAt)}
        {frame.Field(new(FormFields.ProviderEmail, frame.Texts.ProviderEmail)
        {
            Type = "email",
            Autocomplete = "email",
            Hint = frame.Texts.ProviderEmailHint,
            Value = model.ProviderEmail,
            Error = model.ProviderEmailError,
        })}
        {frame.Submit(frame.Texts.ProviderEmailContinue)}
        """);

    private static Html Local(PageFrame frame, SignInModel model)
    {
        if (frame.IsClassic) return ClassicSignInForm.Twice(frame, model);
        var form = frame.Form(
            PagePaths.SignIn,
            $"""
            {FormPieces.Opened(model.OpenedAt)}{frame.Field(Name(frame, model))}
            {(model.IsUsernameFirst ? null : frame.Field(frame.Texts.Current(model.PasswordError)))}
            {frame.Submit(model.IsUsernameFirst ? frame.Texts.Next : frame.Texts.SignIn)}
            """);
        return model.PasskeyOptions is { } options
            ? (Html)$"""
                <div class="stack tight">{form}{PasskeyPieces.Offer(frame, options, model.Session)}</div>
                """
            : form;
    }

    private static Field Name(PageFrame frame, SignInModel model) =>
        NameField.Of(frame.Texts, model.Names, model.Username, model.UsernameError) with
        {
            Autocomplete = model.PasskeyOptions is null ? "username" : "username webauthn",
        };

    private static Html Links(PageFrame frame, SignInModel model)
    {
        var texts = frame.Texts;
        return
            $"""
            {(model is { CanRecover: true, HasLocalForm: true, IsUsernameFirst: false }
                ? frame.Link(PagePaths.ForgotPassword, texts.ForgotPassword)
                : null)}
            {(model.CanSignUp
                ? (Html)$"<p>{texts.NewHere} {frame.Link(PagePaths.SignUp, texts.CreateAccount)}</p>"
                : null)}
            """;
    }
}
