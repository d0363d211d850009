using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.OAuth;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Login;

/// <summary>A request for a page on behalf of an app client, whose authorization request is
/// checked.</summary>
internal sealed record AuthorizedVisit(PageVisit Visit, AppClient Client, AuthorizationRequest Request)
{
    public UserPool Pool => Visit.Pool;

    public Operations.Call Call => Visit.Call;

    /// <summary>What was entered; null where the page is only asked for.</summary>
    public PageForm? Form => Visit.Form;

    /// <summary>The pool's own users may sign in to the client.</summary>
    public bool IsOpenToOwnUsers => Client.Takes(PoolOffer.OwnUsers);

    /// <summary>By which names the pool's users sign in.</summary>
    public SignInNames Names
    {
        get
        {
            if (Pool.SignsInWithAttributes) return Kinds(Pool.UsesAsUsername);
            return SignInNames.Username | Kinds(Pool.HasAlias);
        }
    }

    /// <summary>A page whose forms may lead back to the app.</summary>
    public PageAnswer Show(
        Func<PageFrame, Html> page, int status = 200, string? languagePath = null,
        string? languageStep = null) =>
        PageAnswer.Show(page, status) with
        {
            Onward = PageSender.Onward(Request.RedirectUri),
            Client = Client,
            LanguagePath = languagePath,
            LanguageStep = languageStep,
        };

    /// <summary>A sign-in was left open for too long (doc). It begins anew with the request of the
    /// app.</summary>
    public PageAnswer TimedOut() => Show(frame => TimedOutPage.Page(frame, new()
    {
        RestartHref = frame.To(AuthorizeEndpoint.Path),
    }));

    /// <summary>The session of a sign-in cannot go on: it was used before, by another page or the same one,
    /// or has timed out.</summary>
    public PageAnswer Ended(ApiException refusal) => IsSpent(refusal)
        ? Show(frame => UsedUpPage.Page(frame, new() { RestartHref = frame.To(AuthorizeEndpoint.Path) }))
        : TimedOut();

    /// <summary>A field; what is left out counts as empty.</summary>
    public string Field(string name) => Form?[name] ?? "";

    /// <summary>The code that was entered; empty for none.</summary>
    public string Code => Typed.Code(Field(FormFields.Code));

    /// <summary>The name that somebody has entered to sign in with, where it may be a phone number in the
    /// form of one; empty for none.</summary>
    public string EnteredName => Names.HasFlag(SignInNames.PhoneNumber)
        ? Typed.PhoneNumber(Field(FormFields.Username))
        : Field(FormFields.Username).Trim();

    /// <summary>Has the refusal to do with the session of a sign-in, which cannot go on?</summary>
    public static bool EndsSession(ApiException refusal) =>
        refusal.Code == Errors.NotAuthorizedException
        && refusal.Text?.StartsWith("Invalid session for the user", StringComparison.Ordinal) == true;

    private static bool IsSpent(ApiException refusal) => refusal.Text == Reject.SessionSpent().Text;

    private static SignInNames Kinds(Func<string, bool> isUsed) =>
        (isUsed(AttributeNames.Email) ? SignInNames.Email : 0)
        | (isUsed(AttributeNames.PhoneNumber) ? SignInNames.PhoneNumber : 0)
        | (isUsed(AttributeNames.PreferredUsername) ? SignInNames.Username : 0);
}
