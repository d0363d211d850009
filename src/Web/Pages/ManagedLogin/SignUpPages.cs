using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Lifeguard.Web.Pages.ManagedLogin.Pieces;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>A new account.</summary>
internal static class SignUpPage
{
    public static Html Page(PageFrame frame, SignUpModel model)
    {
        var texts = frame.Texts;
        return frame.Page(new(texts.SignUpTitle, Ways(frame, model))
        {
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.UsernameError is not null
                || model.PasswordError is not null || AttributePieces.AreRefused(model.Fields),
            Links = $"<p>{texts.HaveAccount} {frame.Link(PagePaths.SignIn, texts.SignIn)}</p>",
        });
    }

    private static Html Ways(PageFrame frame, SignUpModel model)
    {
        var form = Form(frame, model);
        if (model.Providers.Count == 0) return form;
        var providers = frame.Providers(model.Providers);
        return frame.Theme.Ways is [SignInWay.UsernamePassword, ..]
            ? (Html)$"{form}{frame.Or()}{providers}"
            : $"{providers}{frame.Or()}{form}";
    }

    private static Html Form(PageFrame frame, SignUpModel model)
    {
        var texts = frame.Texts;
        var name = NameField.Of(texts, SignInNames.Username, model.Username, model.UsernameError);
        var isNameRefused = model.UsernameError is not null;
        Html? username = model.HasUsername ? frame.Field(name with { HasFocus = isNameRefused }) : null;
        Html? password = model.PasswordRules is { } rules
            ? frame.Chosen(
                texts.Password, rules, model.PasswordError,
                hasFocus: model.PasswordError is not null && !isNameRefused)
            : null;
        return frame.Form(
            PagePaths.SignUp,
            $"""
            {username}{frame.Attributes(model.Fields)}{password}{Terms(texts, model.Terms)}
            {frame.Submit(texts.SignUp)}
            """);
    }

    private static Html? Terms(PageTexts texts, TermsLinks? terms) => terms is null
        ? null
        : (Html)$"""
            <p class="small">{texts.Terms(
                FormPieces.Onward(terms.TermsOfUse, texts.TermsOfUse),
                FormPieces.Onward(terms.PrivacyPolicy, texts.PrivacyPolicy))}</p>
            """;
}

/// <summary>The code that confirms a new account.</summary>
internal static class ConfirmSignUpPage
{
    public static Html Page(PageFrame frame, ConfirmSignUpModel model)
    {
        var texts = frame.Texts;
        var carried = CodePieces.Carried(model.Sent);
        return frame.Page(new(
            texts.ConfirmTitle,
            frame.Form(
                PagePaths.Confirm,
                $"""
                {carried}{frame.Field(CodePieces.Line(texts.Code, model.CodeError))}
                {frame.Submit(texts.ConfirmAccount)}
                """,
                model))
        {
            Lead = model.Sent is { } sent ? texts.WhereIs(sent) : $"{texts.ConfirmFirst}",
            Graphic = CodePieces.GraphicOf(model.Sent),
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error || model.CodeError is not null,
            Links = $"""
                {frame.LinkForm(PagePaths.ResendCode, texts.SendNewCode, model, carried: carried)}
                {frame.Link(PagePaths.SignIn, texts.BackToSignIn)}
                """,
        });
    }
}

/// <summary>Waits for a new account to be confirmed by the link of a mail, which may be read
/// elsewhere.</summary>
internal static class ConfirmByLinkPage
{
    public static Html Page(PageFrame frame, ConfirmSignUpModel model)
    {
        var texts = frame.Texts;
        return frame.Page(new(
            texts.ConfirmTitle,
            $"""<a class="button secondary" href="{frame.To(PagePaths.SignIn)}">{texts.SignIn}</a>""")
        {
            Lead = model.Sent?.Destination is { } destination
                ? texts.LinkByEmailTo($"<strong><bdi>{destination}</bdi></strong>")
                : $"{texts.ConfirmFirstByLink}",
            Graphic = Graphic.Email,
            Who = model.Username,
            Alert = model.Alert,
            IsRefused = model.Alert?.Kind == AlertKind.Error,
            Links = frame.LinkForm(
                PagePaths.ResendCode, texts.SendNewLink, model, carried: CodePieces.Carried(model.Sent)),
        });
    }
}
