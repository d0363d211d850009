using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary><c>/mfa</c> and what lies below, and <c>/changePassword</c>: everything after the first
/// factor.</summary>
internal sealed class MfaPages(
    LoginGate gate, PageSignIn signIn, SignInFacts facts, SignInSteps steps, CodeSteps codes, TotpPages totp)
{
    /// <summary>A code of a second factor, or the wish for another one.</summary>
    public Task Code(HttpContext context) => CodeStep(context, PagePaths.Mfa, (at, name, session) =>
        WantsCode(at) ? Resend(at, name, session) : Prove(at, name, session));

    /// <summary>Which of several factors; without a choice they are shown again.</summary>
    public Task Choose(HttpContext context) => Step(context, async (at, name, session) =>
        at.Form![FormFields.Factor] is { } factor
            ? await Answer(at, name, session, ChallengeNameType.SelectMfaType, ("ANSWER", factor))
            : await steps.Next(
                at, name, await signIn.OtherWays(at.Client, at.Pool, session, name, at.Call)));

    /// <summary>Which factor to set up; without a choice they are shown again. Who waits for the code of one
    /// may change to another, or correct where it goes.</summary>
    public Task SetUp(HttpContext context) => Step(context, async (at, name, session) =>
    {
        var contact = facts.NewContact(at.Client, session);
        if (facts.Awaited(at.Client, session) is not ChallengeNameType.MfaSetup)
        {
            var choice = await signIn.OtherWays(at.Client, at.Pool, session, name, at.Call);
            if (choice.Challenge != ChallengeNameType.MfaSetup) return await steps.Next(at, name, choice);
            session = choice.Session!;
        }

        var choices = Choices(at);
        return at.Form![FormFields.Factor] is { } factor
            ? await steps.SetUp(at, name, session, factor, choices.Count > 1, contact)
            : await steps.SetUp(at, name, session, choices);
    });

    /// <summary>The first code of an authenticator app, which puts it into use.</summary>
    public Task SetUpTotp(HttpContext context) => Step(context, async (at, name, session) =>
        await totp.Verify(at, name, session) switch
        {
            (_, { } again) => again,
            var (verified, _) => await Answer(at, name, verified!, ChallengeNameType.MfaSetup),
        });

    /// <summary>A phone that is to get codes, and the first code that it got.</summary>
    public Task SetUpPhone(HttpContext context) => SetUpContact(
        context,
        PagePaths.SetUpSms,
        FormFields.PhoneNumber,
        "PHONE_NUMBER",
        (frame, entered, refusal, step) => SetUpPhonePage.Page(frame, new()
        {
            Username = step.Name,
            Session = step.Session,
            PhoneNumber = entered,
            PhoneNumberError = refusal,
            CanChooseOther = step.CanChooseOther,
        }));

    /// <summary>An address that is to get codes, and the first code that it got.</summary>
    public Task SetUpEmail(HttpContext context) => SetUpContact(
        context,
        PagePaths.SetUpEmail,
        FormFields.Email,
        "EMAIL",
        (frame, entered, refusal, step) => SetUpEmailPage.Page(frame, new()
        {
            Username = step.Name,
            Session = step.Session,
            Email = entered,
            EmailError = refusal,
            CanChooseOther = step.CanChooseOther,
        }));

    /// <summary>A lasting password in the place of a temporary one, and what the pool requires
    /// besides.</summary>
    public Task NewPassword(HttpContext context) => Step(context, async (at, name, session) =>
    {
        var password = at.Field(FormFields.Password);
        var fields = FieldsIn(at.Form!);
        try
        {
            return await Answer(
                at, name, session, ChallengeNameType.NewPasswordRequired,
                [
                    ("NEW_PASSWORD", password),
                    .. fields.Select(field => ($"userAttributes.{field.Name}", (string?)field.Value)),
                ]);
        }
        catch (ApiException refusal) when (!AuthorizedVisit.EndsSession(refusal))
        {
            return SignInSteps.NewPassword(at, name, session, fields, password, refusal);
        }
    });

    /// <summary>The attributes that a form holds.</summary>
    internal static List<AttributeField> FieldsIn(PageForm form)
    {
        var (prefix, end) = (FormFields.Attribute("")[..^1], ']');
        return
        [
            .. form.Fields
                .Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal)
                    && field.Key.EndsWith(end))
                .Select(field => (Name: field.Key[prefix.Length..^1], field.Value))
                .Select(field => new AttributeField(field.Name, IsRequired: true)
                {
                    Value = Typed.Attribute(field.Name, field.Value),
                }),
        ];
    }

    private Task Step(HttpContext context, Func<AuthorizedVisit, string, string, Task<PageAnswer>> step) =>
        gate.Follow(context, at => Take(at, step));

    /// <summary>The same where the page for a code is there again by its address.</summary>
    private Task CodeStep(
        HttpContext context, string path, Func<AuthorizedVisit, string, string, Task<PageAnswer>> step) =>
        gate.Follow(context, at => codes.Again(at, path), at => Take(at, step));

    private static async Task<PageAnswer> Take(
        AuthorizedVisit at, Func<AuthorizedVisit, string, string, Task<PageAnswer>> step)
    {
        try
        {
            return await step(at, at.Field(FormFields.Username), at.Field(FormFields.Session));
        }
        catch (ApiException refusal) when (AuthorizedVisit.EndsSession(refusal))
        {
            return at.Ended(refusal);
        }
    }

    /// <param name="response">As the challenge calls the contact.</param>
    /// <param name="again">The page once more, with what was entered and why that is refused.</param>
    private Task SetUpContact(
        HttpContext context, string path, string field, string response,
        Func<PageFrame, string, string, SetUpStep, Html> again) =>
        CodeStep(context, path, async (at, name, session) =>
        {
            if (WantsCode(at)) return await Resend(at, name, session);
            if (HasCode(at)) return await Prove(at, name, session);
            var entered = Typed.Attribute(field, at.Field(field));
            var step = new SetUpStep(name, session, CanChooseOther: Choices(at).Count > 1);
            if (entered.Length == 0)
                return at.Show(frame => again(frame, entered, frame.Texts.FieldMissing, step));
            try
            {
                return await Answer(at, name, session, ChallengeNameType.MfaSetup, (response, entered));
            }
            catch (ApiException refusal) when (!AuthorizedVisit.EndsSession(refusal))
            {
                return at.Show(frame => again(frame, entered, frame.Texts.Said(refusal), step));
            }
        });

    private async Task<PageAnswer> Prove(AuthorizedVisit at, string name, string session)
    {
        var awaited = facts.Awaited(at.Client, session) ?? ChallengeNameType.SmsMfa;
        try
        {
            return await Answer(at, name, session, awaited, ($"{awaited}_CODE", at.Code));
        }
        catch (ApiException refusal) when (IsWrongCode(refusal))
        {
            return await codes.GoTo(at, name, session, refusal);
        }
    }

    private async Task<PageAnswer> Resend(AuthorizedVisit at, string name, string session)
    {
        try
        {
            return await steps.Next(
                at, name, await signIn.Resend(at.Client, at.Pool, session, name, at.Call));
        }
        catch (ApiException refusal) when (!AuthorizedVisit.EndsSession(refusal))
        {
            return await codes.GoTo(at, name, session, refusal);
        }
    }

    private async Task<PageAnswer> Answer(
        AuthorizedVisit at, string name, string session, string challenge,
        params (string Name, string? Value)[] responses) =>
        await steps.Next(at, name, await signIn.Answer(
            at.Client, at.Pool, challenge, session, name, at.Call, responses));

    private static bool WantsCode(AuthorizedVisit at) => at.Form![FormFields.Resend] is not null;

    private static bool HasCode(AuthorizedVisit at) => at.Form!.Fields.ContainsKey(FormFields.Code);

    private static bool IsWrongCode(ApiException refusal) =>
        refusal.Code is Errors.CodeMismatchException or Errors.ExpiredCodeException
            or Errors.InvalidParameterException;

    private static List<FactorChoice> Choices(AuthorizedVisit at) =>
        [.. at.Pool.SecondFactors.Select(factor => new FactorChoice(factor))];

    /// <summary>What a page carries along that sets up a contact.</summary>
    private sealed record SetUpStep(string Name, string Session, bool CanChooseOther);
}
