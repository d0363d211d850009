using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>/forgotPassword</c> and <c>/confirmForgotPassword</c>: another password, for who has forgotten
/// it or whose password an administrator has reset.</summary>
internal sealed class RecoveryPages(
    LoginGate gate, OperationRunner operations, PageSignIn signIn, SignInSteps steps, AccountSteps accounts)
{
    /// <summary>Whose password it is; the answer is a code.</summary>
    public Task Forgot(HttpContext context) => gate.EnterOwn(context, async at =>
    {
        if (at.Form is null) return Ask(at, at.Request.LoginHint ?? "", null);
        if (at.Form[FormFields.Resend] is not null) return await Resend(at);
        var name = at.EnteredName;
        if (name.Length == 0) return Ask(at, name, null, isIncomplete: true);
        try
        {
            return accounts.Reset(at, new() { Username = name, Sent = await Send(at, name) });
        }
        catch (ApiException refusal) when (refusal.Code != Errors.TooManyRequestsException)
        {
            return Ask(at, name, refusal);
        }
    });

    /// <summary>The code and the new password, with which the person is signed in at once.</summary>
    public Task ConfirmForgot(HttpContext context) => gate.Follow(context, accounts.ResetAgain, async at =>
    {
        var (name, password) = (at.Field(FormFields.Username), at.Field(FormFields.Password));
        try
        {
            await operations.RunOnPages<ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse>(
                new()
                {
                    ClientId = at.Client.Id,
                    Username = name,
                    SecretHash = PageSignIn.SecretHashOf(at.Client, name),
                    ConfirmationCode = at.Code,
                    Password = password,
                },
                at.Call);
        }
        catch (ApiException refusal)
        {
            return accounts.ResetRefused(at, StepBefore(at), password, refusal);
        }

        return await steps.After(Achievement.PasswordChanged, at, name, () => signIn.ByPassword(
            at.Client, at.Pool, name, password, at.Request.AskedLevels, at.Call));
    });

    /// <summary>Where a code went.</summary>
    public static SentCode? SentIn(CodeDeliveryDetailsType? details) => details is null
        ? null
        : new(
            details.DeliveryMedium == DeliveryMediumType.Sms ? CodeMedium.Sms : CodeMedium.Email,
            details.Destination);

    /// <summary>Where the form says that its code went.</summary>
    public static SentCode? SentBefore(AuthorizedVisit at) => at.Field(FormFields.SentBy) switch
    {
        nameof(CodeMedium.Email) => new(CodeMedium.Email, DestinationIn(at)),
        nameof(CodeMedium.Sms) => new(CodeMedium.Sms, DestinationIn(at)),
        _ => null,
    };

    /// <summary>What the form with the code and the new password carries along.</summary>
    private static PageStep StepBefore(AuthorizedVisit at) => new()
    {
        Username = at.Field(FormFields.Username),
        IsForced = at.Form![FormFields.Forced] is not null,
        Sent = SentBefore(at),
    };

    /// <summary>Another code, for who stays at the page that waits for one: the last may still
    /// arrive.</summary>
    private async Task<PageAnswer> Resend(AuthorizedVisit at)
    {
        var before = StepBefore(at);
        try
        {
            return accounts.Reset(at, before with { Sent = await Send(at, before.Username) });
        }
        catch (ApiException refusal)
        {
            return accounts.Reset(at, before with { Refusal = refusal });
        }
    }

    private async Task<SentCode?> Send(AuthorizedVisit at, string name)
    {
        var sent = await operations.RunOnPages<ForgotPasswordRequest, ForgotPasswordResponse>(
            new()
            {
                ClientId = at.Client.Id,
                Username = name,
                SecretHash = PageSignIn.SecretHashOf(at.Client, name),
            },
            at.Call);
        return SentIn(sent.CodeDeliveryDetails);
    }

    private static string? DestinationIn(AuthorizedVisit at) =>
        at.Field(FormFields.SentTo) is { Length: > 0 } destination ? destination : null;

    private static PageAnswer Ask(
        AuthorizedVisit at, string name, ApiException? refusal, bool isIncomplete = false) => at.Show(
        frame => ForgotPasswordPage.Page(frame, new()
        {
            Username = name,
            Names = at.Names,
            UsernameError = isIncomplete ? frame.Texts.FieldMissing : null,
            Alert = refusal is null ? null : Alert.Error(frame.Texts.Said(refusal)),
        }),
        languagePath: PagePaths.ForgotPassword);
}
