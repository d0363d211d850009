using System.Diagnostics.CodeAnalysis;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Login;

/// <summary>The pages that wait for a code of a message. Who reads mail meanwhile may find the page reloaded,
/// so each has an address of its own.</summary>
internal sealed class AccountSteps(PageSteps steps)
{
    /// <summary>To the page for the code that confirms an account.</summary>
    public PageAnswer Confirm(AuthorizedVisit at, PageStep step) =>
        steps.GoTo(at.Visit, PagePaths.Confirm, step) ?? ShowConfirm(at, step);

    /// <summary>That page by its address; null where it says nothing.</summary>
    public PageAnswer? ConfirmAgain(AuthorizedVisit at) =>
        steps.Find(at.Visit, PagePaths.Confirm) is { } step ? ShowConfirm(at, step) : null;

    /// <summary>To the sign-in of whose account only an administrator can confirm: the page shows an error,
    /// although the account is there (doc).</summary>
    public PageAnswer Unconfirmable(AuthorizedVisit at, string name) =>
        steps.GoTo(at.Visit, PagePaths.SignIn, new() { Username = name, IsUnconfirmable = true })
        ?? PageAnswer.To(at.Visit.To(PagePaths.SignIn));

    /// <summary>To the sign-in of who has achieved something before.</summary>
    /// <param name="refusal">Of a sign-in that was to follow at once; null for none.</param>
    public PageAnswer Done(
        AuthorizedVisit at, string name, Achievement achievement, ApiException? refusal = null) =>
        steps.GoTo(
            at.Visit, PagePaths.SignIn, new() { Username = name, Done = achievement, Refusal = refusal })
        ?? PageAnswer.To(at.Visit.To(PagePaths.SignIn));

    /// <summary>To the page for a new password.</summary>
    public PageAnswer Reset(AuthorizedVisit at, PageStep step) =>
        steps.GoTo(at.Visit, PagePaths.ConfirmForgotPassword, step) ?? ShowReset(at, step);

    /// <summary>To the same page, where what was entered is refused.</summary>
    /// <param name="tried">The password; of a good one nothing is told, since its field comes back
    /// empty.</param>
    public PageAnswer ResetRefused(AuthorizedVisit at, PageStep step, string tried, ApiException refusal) =>
        Reset(at, step with
        {
            Refusal = refusal,
            Met = IsOfPassword(refusal) ? PasswordRule.MetBy(tried, at.Pool.PasswordPolicy) : null,
        });

    /// <summary>That page by its address; null where it says nothing.</summary>
    public PageAnswer? ResetAgain(AuthorizedVisit at) =>
        steps.Find(at.Visit, PagePaths.ConfirmForgotPassword) is { } step ? ShowReset(at, step) : null;

    /// <summary>Is it the new password that is refused?</summary>
    public static bool IsOfPassword([NotNullWhen(true)] ApiException? refusal) =>
        refusal?.Code is Errors.InvalidPasswordException or Errors.PasswordHistoryPolicyViolationException
        || RefusedEntry.Of(refusal)?.Kind == EntryKind.Password;

    private PageAnswer ShowConfirm(AuthorizedVisit at, PageStep step) => Show(
        at, PagePaths.Confirm, step, frame =>
        {
            var model = new ConfirmSignUpModel
            {
                Username = step.Username,
                Session = step.Session ?? "",
                Sent = step.Sent,
                CodeError = IsOfCode(step.Refusal) ? frame.Texts.Said(step.Refusal) : null,
                Alert = step.Refusal is null || IsOfCode(step.Refusal)
                    ? null
                    : Alert.Error(frame.Texts.Said(step.Refusal)),
            };
            return IsByLink(at.Pool, step.Sent)
                ? ConfirmByLinkPage.Page(frame, model)
                : ConfirmSignUpPage.Page(frame, model);
        });

    /// <summary>Does the message hold a link, and no code to type? Only a mail does. Where nobody knows
    /// whether it was one, the pool tells as far as it can.</summary>
    private static bool IsByLink(UserPool pool, SentCode? sent) => pool.VerifiesByLink
        && (sent is null ? !pool.AutoVerifies(AttributeNames.PhoneNumber) : sent.Medium == CodeMedium.Email);

    private PageAnswer ShowReset(AuthorizedVisit at, PageStep step)
    {
        var refusal = step.Refusal;
        return Show(at, PagePaths.ConfirmForgotPassword, step, frame => ResetPasswordPage.Page(frame, new()
        {
            Username = step.Username,
            IsForced = step.IsForced,
            Sent = step.Sent,
            PasswordRules = PasswordRule.Judged(at.Pool.PasswordPolicy, step.Met),
            CodeError = IsOfCode(refusal) ? frame.Texts.Said(refusal) : null,
            PasswordError = IsOfPassword(refusal) ? frame.Texts.Said(refusal) : null,
            Alert = refusal is null || IsOfCode(refusal) || IsOfPassword(refusal)
                ? null
                : Alert.Error(frame.Texts.Said(refusal)),
        }));
    }

    /// <summary>A page that is there in another language, too, where its address can tell what it
    /// shows.</summary>
    private PageAnswer Show(AuthorizedVisit at, string path, PageStep step, Func<PageFrame, Html> page)
    {
        var parameter = steps.Beside(at.Visit, path, step);
        return at.Show(
            page, languagePath: parameter is null ? null : path, languageStep: parameter);
    }

    /// <summary>Is it the code that is refused?</summary>
    public static bool IsOfCode([NotNullWhen(true)] ApiException? refusal) =>
        refusal?.Code is Errors.CodeMismatchException or Errors.ExpiredCodeException
        || RefusedEntry.Of(refusal)?.Kind == EntryKind.Code;
}
