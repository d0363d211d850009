using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>/login</c>: everything up to the first factor. Which step it is, the fields of the form
/// tell.</summary>
internal sealed class SignInPages(
    LoginGate gate, PageSignIn signIn, SignInFacts facts, SignInSteps steps, ProviderChoice providers,
    ProviderRedirect redirect, BrowserSessions sessions, BrowserArrival arrival, Deployment deployment,
    AuthorizationRules rules, PageSteps pages, AccountSteps accounts, CodeSteps codes)
{
    /// <summary>Longer than that nobody leaves a sign-in open (doc).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Answers whatever comes to the path.</summary>
    public Task Handle(HttpContext context) => gate.Enter(
        context, at => at.Form is null ? Begin(at) : Enter(at));

    private async Task<PageAnswer> Begin(AuthorizedVisit at)
    {
        if (await codes.Again(at, PagePaths.SignIn) is { } code) return code;
        var step = pages.Find(at.Visit, PagePaths.SignIn);
        return step is null
            ? await SignIn(at, new() { Username = at.Request.LoginHint ?? "" })
            : await SignIn(at, new() { Username = step.Username }, asksAgain: true, before: step);
    }

    private async Task<PageAnswer> Enter(AuthorizedVisit at)
    {
        if (at.Form![FormFields.Account] == FormFields.Continue) return await GoOn(at);
        if (at.Form[FormFields.Account] == FormFields.SwitchUser)
            return await SignIn(at, new(), asksAgain: true);
        if (IsLate(at)) return at.TimedOut();
        if (at.Form[FormFields.ProviderEmail] is { } email) return await ByProvider(at, email);
        if (!at.IsOpenToOwnUsers) return PageAnswer.To(at.Visit.To(PagePaths.SignIn));
        var name = at.EnteredName;
        try
        {
            return at.Form[FormFields.Session] is { } session
                ? await Continue(at, name, session)
                : await Begin(at, name);
        }
        catch (ApiException refusal) when (refusal.Code != Errors.TooManyRequestsException)
        {
            return await Refused(at, name, refusal);
        }
    }

    private static bool IsLate(AuthorizedVisit at) =>
        long.TryParse(
            at.Field(FormFields.Opened), NumberStyles.None, CultureInfo.InvariantCulture, out var opened)
        && at.Call.Now.ToUnixTimeSeconds() - opened > Patience.TotalSeconds;

    private async Task<PageAnswer> Begin(AuthorizedVisit at, string name)
    {
        if (name.Length == 0) return await Missing(at, name);
        var levels = at.Request.AskedLevels;
        if (at.Form![FormFields.Password] is { } password)
        {
            return await steps.Next(
                at, name, await signIn.ByPassword(at.Client, at.Pool, name, password, levels, at.Call));
        }

        return IsUsernameFirst(at)
            ? await steps.Next(
                at, name, await signIn.ByChoice(at.Client, at.Pool, name, preferred: null, levels, at.Call))
            : await Missing(at, name);
    }

    /// <summary>The choice of a factor, or the answer to one.</summary>
    private async Task<PageAnswer> Continue(AuthorizedVisit at, string name, string session)
    {
        var (client, pool, form, call) = (at.Client, at.Pool, at.Form!, at.Call);
        if (form[FormFields.Credential] is { } credential && name.Length == 0)
        {
            return await steps.Next(
                at, name, await signIn.ByOfferedPasskey(
                    client, pool, session, credential, at.Request.AskedLevels, call));
        }

        // The form of a sign-in also carries the chain of passkeys, which a name does not belong to.
        if (facts.Awaited(client, session) is not { } awaited) return await Begin(at, name);
        if (form[FormFields.Resend] is not null && IsUsernameFirst(at))
        {
            return await steps.Next(at, name, await signIn.ByChoice(
                client, pool, name, awaited, at.Request.AskedLevels, call));
        }

        var answer = form[FormFields.Factor] ?? (form[FormFields.Password] is null ? null : "PASSWORD");
        if (answer is not null) return await Choose(at, name, session, answer);
        if (form[FormFields.Code] is null && form[FormFields.Credential] is null)
            return await Begin(at, name);
        return await Prove(at, name, session, awaited);
    }

    /// <summary>The choice of a factor, with the password where it is that. A wrong one uses the session up,
    /// and another begins with the same choice.</summary>
    private async Task<PageAnswer> Choose(AuthorizedVisit at, string name, string session, string answer)
    {
        var (client, pool, password, call) = (at.Client, at.Pool, at.Form![FormFields.Password], at.Call);
        try
        {
            return await steps.Next(at, name, await signIn.Answer(
                client, pool, ChallengeNameType.SelectChallenge, session, name, call,
                ("ANSWER", answer), ("PASSWORD", password)));
        }
        catch (ApiException refusal) when (
            password is not null
            && refusal.Code == Errors.NotAuthorizedException
            && !AuthorizedVisit.EndsSession(refusal))
        {
            var again = await signIn.ByChoice(
                client, pool, name, ChallengeNameType.Password, at.Request.AskedLevels, call);
            return again.Challenge == ChallengeNameType.Password
                ? SignInSteps.PasswordAgain(at, name, again, refusal)
                : await steps.Next(at, name, again);
        }
    }

    private async Task<PageAnswer> Prove(AuthorizedVisit at, string name, string session, string awaited)
    {
        try
        {
            return await steps.Next(at, name, await signIn.Answer(
                at.Client, at.Pool, awaited, session, name, at.Call,
                ($"{awaited}_CODE", at.Form![FormFields.Code] is null ? null : at.Code),
                ("CREDENTIAL", at.Form[FormFields.Credential])));
        }
        catch (ApiException refusal) when (
            refusal.Code == Errors.CodeMismatchException
            || RefusedEntry.Of(refusal)?.Kind == EntryKind.Code)
        {
            return await codes.GoTo(at, name, session, refusal);
        }
    }

    private async Task<PageAnswer> Refused(AuthorizedVisit at, string name, ApiException refusal)
    {
        if (AuthorizedVisit.EndsSession(refusal)) return at.Ended(refusal);
        return refusal.Code switch
        {
            Errors.UserNotConfirmedException when at.Pool.Settings.AutoVerifiedAttributes is null or [] =>
                accounts.Unconfirmable(at, name),
            Errors.UserNotConfirmedException => accounts.Confirm(at, new() { Username = name }),
            Errors.PasswordResetRequiredException =>
                accounts.Reset(at, new() { Username = name, IsForced = true }),
            _ => await SignIn(at, new() { Username = name }, refusal: refusal),
        };
    }

    private Task<PageAnswer> Missing(AuthorizedVisit at, string name) => SignIn(
        at, new() { Username = name }, isIncomplete: true);

    /// <summary>The page itself.</summary>
    /// <param name="asksAgain">Nobody may go on as whoever is signed in.</param>
    /// <param name="before">What leads to the page; null for nothing that it tells of.</param>
    private async Task<PageAnswer> SignIn(
        AuthorizedVisit at, SignInModel model, bool asksAgain = false, ApiException? refusal = null,
        bool isIncomplete = false, PageStep? before = null)
    {
        var known = at.Visit.IsClassic && !asksAgain && at.Form is null ? await Known(at) : null;
        var passkey = at.Visit.IsClassic || !IsUsernameFirst(at) ? null : OfferedPasskey(at);
        var others = await providers.Of(at);
        // Anybody can make up an address: of what stands in it only words of our own are shown.
        var error = at.Visit.Query["errorMessage"] == ProviderChoice.NotAvailable
            ? ProviderChoice.NotAvailable
            : null;
        var filled = model with
        {
            Names = at.Names,
            HasLocalForm = at.IsOpenToOwnUsers,
            IsUsernameFirst = IsUsernameFirst(at),
            Providers = others.Buttons,
            FindsProviderByEmail = others.ByEmail,
            CanSignUp = at.IsOpenToOwnUsers && at.Pool.AllowsSelfSignUp,
            CanRecover = at.IsOpenToOwnUsers,
            PasskeyOptions = passkey?.Options,
            Session = passkey?.Session ?? "",
            OpenedAt = at.Call.Now,
            SignedInAs = known is null ? null : PersonName.Of(at.Pool, known.User),
        };
        var status = error is not null && at.Form is null ? StatusCodes.Status401Unauthorized : 200;
        var answer = at.Show(
            frame => SignInPage.Page(frame, filled with
            {
                Notice = NoticeOf(frame, before),
                Alert = AlertOf(frame, refusal) ?? AlertOf(frame, error) ?? AlertOf(frame, before),
                UsernameError = isIncomplete && filled.Username.Length == 0 ? frame.Texts.FieldMissing : null,
                PasswordError = isIncomplete && filled.Username.Length > 0 ? frame.Texts.FieldMissing : null,
            }),
            status,
            PagePaths.SignIn,
            Told(at, filled.Username, refusal, before));
        return answer with { Onward = [.. answer.Onward, .. others.Onward] };
    }

    /// <summary>What the page tells in another language, too; null for nothing.</summary>
    private string? Told(AuthorizedVisit at, string name, ApiException? refusal, PageStep? before)
    {
        if (at.Visit.IsClassic || (at.Form is null && before is null)) return null;
        return pages.Beside(
            at.Visit, PagePaths.SignIn, before ?? new() { Username = name, Refusal = refusal });
    }

    private static Alert? AlertOf(PageFrame frame, string? words) =>
        words is null ? null : Alert.Error(frame.Texts.Said(words));

    private static Alert? AlertOf(PageFrame frame, ApiException? refusal) =>
        refusal is null ? null : Alert.Error(frame.Texts.Said(refusal));

    private static Alert? AlertOf(PageFrame frame, PageStep? before) => before switch
    {
        { Refusal: { } refusal } => AlertOf(frame, refusal),
        { IsUnconfirmable: true } => Alert.Error(frame.Texts.AccountUnconfirmable),
        _ => null,
    };

    /// <summary>Nobody whose sign-in was just refused is told to sign in.</summary>
    private static Alert? NoticeOf(PageFrame frame, PageStep? before) => before switch
    {
        { Done: Achievement.AccountConfirmed, Refusal: null } => Alert.Success(frame.Texts.AccountConfirmed),
        { Done: { } done } => Alert.Success(frame.Texts.Done(done)),
        _ => null,
    };

    /// <summary>Only a passkey of this very site is of any use here.</summary>
    private (string Options, string Session)? OfferedPasskey(AuthorizedVisit at) =>
        PasskeyPages.IsUsable(at.Visit, deployment) ? signIn.OfferPasskey(at.Client, at.Pool, at.Call) : null;

    /// <summary>Who is signed in and may go on; null for nobody.</summary>
    private async Task<OpenedBrowser?> Known(AuthorizedVisit at)
    {
        if (rules.AsksAgain(at.Request, at.Visit.IsClassic)) return null;
        var browser = await sessions.Find(
            at.Visit.Domain, at.Visit.Cookies[PageCookies.Session], at.Call);
        return browser?.Satisfies(at.Client, at.Request, at.Call.Now) == true ? browser : null;
    }

    private async Task<PageAnswer> GoOn(AuthorizedVisit at) => await Known(at) is { } browser
        ? await arrival.Return(at.Visit, at.Client, at.Request, browser.SignIn, isFirst: false)
        : await SignIn(at, new());

    private async Task<PageAnswer> ByProvider(AuthorizedVisit at, string email)
    {
        if (await providers.ByEmail(at, email) is { } provider)
            return await redirect.Begin(at.Visit, at.Client, at.Request, provider);
        return await SignIn(
            at,
            new() { ProviderEmail = email },
            refusal: Reject.InvalidParameter(ProviderChoice.NotAvailable));
    }

    /// <summary>There is something to choose from besides a password.</summary>
    private static bool IsUsernameFirst(AuthorizedVisit at) =>
        !at.Visit.IsClassic
        && at.Client.AllowsChoice
        && Others.Any(at.Pool.AllowsFirstFactor);

    private static readonly string[] Others =
        [AuthFactorType.EmailOtp, AuthFactorType.SmsOtp, AuthFactorType.WebAuthn];
}
