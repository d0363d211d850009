using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.OAuth;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Login;

/// <summary>Shows the page that a step of a sign-in leads to, or ends the sign-in.</summary>
internal sealed class SignInSteps(
    BrowserArrival arrival, CodeSteps codes, TotpPages totp, AccountSteps accounts)
{
    /// <summary>The next page.</summary>
    /// <param name="name">As the person has entered it.</param>
    public async Task<PageAnswer> Next(AuthorizedVisit at, string name, SignInStep step)
    {
        if (step.Arrival is { } arrived)
            return await arrival.Finish(at.Visit, at.Client, at.Request, arrived);
        var session = step.Session!;
        return step.Challenge switch
        {
            ChallengeNameType.SelectChallenge => Begin(at, name, session, Factors(step.Available)),
            ChallengeNameType.Password => Password(at, name, session, Factors(step.Available).Count > 1),
            ChallengeNameType.WebAuthn => at.Show(frame => PasskeyPage.Page(frame, new()
            {
                Username = name,
                Session = session,
                Options = step.Parameters["CREDENTIAL_REQUEST_OPTIONS"],
                CanChooseOther = Factors(step.Available).Count > 1,
            })),
            ChallengeNameType.SelectMfaType => at.Show(frame => ChooseMfaPage.Page(frame, new()
            {
                Username = name,
                Session = session,
                Factors = Named(step, "MFAS_CAN_CHOOSE"),
            })),
            ChallengeNameType.MfaSetup => await SetUp(at, name, session, Named(step, "MFAS_CAN_SETUP")),
            ChallengeNameType.NewPasswordRequired => NewPassword(at, name, session, Missing(step)),
            _ => await codes.GoTo(at, name, session),
        };
    }

    /// <summary>The next page of who has just achieved something and is signed in with it. Where that is
    /// refused, what was achieved stays so, and is told beside the refusal.</summary>
    public async Task<PageAnswer> After(
        Achievement achievement, AuthorizedVisit at, string name, Func<Task<SignInStep>> signIn)
    {
        try
        {
            return await Next(at, name, await signIn());
        }
        catch (ApiException refusal) when (AuthorizedVisit.EndsSession(refusal))
        {
            // It was only long in coming.
            return accounts.Done(at, name, achievement);
        }
        catch (ApiException refusal) when (refusal.Status < StatusCodes.Status500InternalServerError)
        {
            return accounts.Done(at, name, achievement, refusal);
        }
    }

    /// <summary>The page for a lasting password.</summary>
    /// <param name="fields">Required attributes that are missing.</param>
    public static PageAnswer NewPassword(
        AuthorizedVisit at, string name, string session, IReadOnlyList<AttributeField> fields,
        string? tried = null, ApiException? refusal = null) => at.Show(
        frame => NewPasswordPage.Page(frame, new()
        {
            Username = name,
            Session = session,
            Fields = fields,
            PasswordRules = PasswordRule.Of(
                at.Pool.PasswordPolicy, AccountSteps.IsOfPassword(refusal) ? tried : null),
            PasswordError = AccountSteps.IsOfPassword(refusal) ? frame.Texts.Said(refusal) : null,
            Alert = refusal is null || AccountSteps.IsOfPassword(refusal)
                ? null
                : Alert.Error(frame.Texts.Said(refusal)),
        }));

    /// <summary>What is to be set up; with a single factor there is nothing to choose.</summary>
    public async Task<PageAnswer> SetUp(
        AuthorizedVisit at, string name, string session, IReadOnlyList<FactorChoice> factors) =>
        factors.Count == 1
            ? await SetUp(at, name, session, factors[0].Name, canChooseOther: false)
            : at.Show(frame => SetUpMfaPage.Page(frame, new()
            {
                Username = name,
                Session = session,
                Factors = factors,
            }));

    /// <summary>The page to set up that factor.</summary>
    /// <param name="contact">What was entered before; empty for nothing.</param>
    public async Task<PageAnswer> SetUp(
        AuthorizedVisit at, string name, string session, string factor, bool canChooseOther,
        string contact = "") => factor switch
        {
            ChallengeNameType.SoftwareTokenMfa => await totp.Begin(at, name, session, canChooseOther),
            ChallengeNameType.SmsMfa => at.Show(frame => SetUpPhonePage.Page(frame, new()
            {
                Username = name,
                Session = session,
                PhoneNumber = contact,
                CanChooseOther = canChooseOther,
            })),
            _ => at.Show(frame => SetUpEmailPage.Page(frame, new()
            {
                Username = name,
                Session = session,
                Email = contact,
                CanChooseOther = canChooseOther,
            })),
        };

    private static PageAnswer Begin(
        AuthorizedVisit at, string name, string session, IReadOnlyList<FactorChoice> factors) =>
        factors is [{ Name: ChallengeNameType.Password }]
            ? Password(at, name, session, canChooseOther: false)
            : at.Show(frame => ChooseFactorPage.Page(frame, new()
            {
                Username = name,
                Session = session,
                Factors = factors,
            }));

    /// <summary>The page for a password, once one was refused.</summary>
    public static PageAnswer PasswordAgain(
        AuthorizedVisit at, string name, SignInStep step, ApiException refusal) =>
        Password(at, name, step.Session!, Factors(step.Available).Count > 1, refusal);

    private static PageAnswer Password(
        AuthorizedVisit at, string name, string session, bool canChooseOther, ApiException? refusal = null) =>
        at.Show(frame => PasswordPage.Page(frame, new()
        {
            Username = name,
            Session = session,
            PasswordError = refusal is null ? null : frame.Texts.Said(refusal),
            CanRecover = true,
            CanChooseOther = canChooseOther,
        }));

    /// <summary>Pages send passwords as they are, so of its two ways one is left out.</summary>
    private static List<FactorChoice> Factors(IReadOnlyList<string>? available) =>
    [
        .. (available ?? []).Where(name => name != ChallengeNameType.PasswordSrp)
            .Select(name => new FactorChoice(name)),
    ];

    private static List<FactorChoice> Named(SignInStep step, string parameter)
    {
        using var names = JsonDocument.Parse(step.Parameters[parameter]);
        return [.. names.RootElement.EnumerateArray().Select(name => new FactorChoice(name.GetString()!))];
    }

    private static List<AttributeField> Missing(SignInStep step)
    {
        using var names = JsonDocument.Parse(step.Parameters["requiredAttributes"]);
        return
        [
            .. names.RootElement.EnumerateArray().Select(name => new AttributeField(
                name.GetString()![NewPasswordChallenge.AttributePrefix.Length..], IsRequired: true)),
        ];
    }
}
