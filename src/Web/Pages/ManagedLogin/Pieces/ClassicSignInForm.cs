using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin.Pieces;

/// <summary>
/// The form of the classic sign-in. It stands in the page twice, as it does in the service's, which has one
/// for small and one for large screens: scripts that drive a browser know its fields by ids and take the
/// second of each (observed). Ours is the same at every size, so the first is never seen.
/// </summary>
internal static class ClassicSignInForm
{
    public static Html Twice(PageFrame frame, SignInModel model) =>
        $"""
        <div hidden>{Form(frame, model with { UsernameError = null, PasswordError = null })}</div>
        {Form(frame, model)}
        """;

    private static Html Form(PageFrame frame, SignInModel model)
    {
        var texts = frame.Texts;
        var name = NameField.Of(texts, model.Names, model.Username, model.UsernameError);
        return frame.Form(
            PagePaths.SignIn,
            $"""
            {FormPieces.Hidden("cognitoAsfData", "")}{FormPieces.Opened(model.OpenedAt)}
            {frame.Field(name with { Id = "signInFormUsername" })}
            {frame.Field(texts.Current(model.PasswordError) with { Id = "signInFormPassword" })}
            <input type="submit" name="signInSubmitButton" class="button submitButton-customizable"
              value="{texts.SignIn}">
            """);
    }
}
