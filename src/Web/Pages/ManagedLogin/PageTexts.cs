using System.Globalization;
using System.Runtime.CompilerServices;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>The words of the pages in one language. Each is a text of the catalogue under its own
/// name.</summary>
internal sealed class PageTexts(PageLanguage language, IReadOnlyDictionary<string, string> texts)
{
    public PageLanguage Language => language;

    public string LanguageLabel => Text("Language");
    public string Optional => Text();
    public string Or => Text();
    public string Next => Text();
    public string Verify => Text();
    public string TryAnotherWay => Text();
    public string UseAnotherAccount => Text();
    public string BackToSignIn => Text();

    public string Email => Text();
    public string PhoneNumber => Text();
    public string PhoneNumberHint => Text();
    public string Password => Text();
    public string Code => Text();

    public string SignInTitle => Text();
    public string SignIn => Text();
    public string ForgotPassword => Text();
    public string NewHere => Text();
    public string CreateAccount => Text();
    public string ProviderEmail => Text();
    public string ProviderEmailHint => Text();
    public string ProviderEmailContinue => Text();
    public string NothingPosted => Text();
    public string SignInWithPasskey => Text();

    public string ChooseFactorTitle => Text();
    public string PasswordTitle => Text();
    public string CodeTitle => Text();
    public string SendNewCode => Text();

    public string SignUpTitle => Text();
    public string SignUp => Text();
    public string HaveAccount => Text();
    public string RulesTitle => Text();
    public string RuleMet => Text();
    public string RuleUnmet => Text();
    public string TermsOfUse => Text();
    public string PrivacyPolicy => Text();
    public string ConfirmTitle => Text();
    public string ConfirmAccount => Text();
    public string ConfirmFirst => Text();
    public string ConfirmFirstByLink => Text();
    public string SendNewLink => Text();
    public string AccountConfirmed => Text();
    public string AccountUnconfirmable => Text();
    public string LinkWorkedTitle => Text();
    public string LinkWorkedText => Text();
    public string LinkWorkedAdvice => Text();
    public string LinkFailedTitle => Text();
    public string LinkFailedText => Text();
    public string LinkFailedAdvice => Text();

    public string ForgotLead => Text();
    public string SendCode => Text();
    public string ResetTitle => Text();
    public string ResetForcedLead => Text();
    public string NewPassword => Text();
    public string ChangePassword => Text();
    public string NewPasswordTitle => Text();
    public string NewPasswordLead => Text();
    public string MissingFieldsLead => Text();

    public string ChooseMfaTitle => Text();
    public string ChooseMfaLead => Text();
    public string SetUpMfaTitle => Text();
    public string SetUpMfaLead => Text();
    public string SetUpTotpTitle => Text();
    public string TotpScan => Text();
    public string TotpImage => Text();
    public string TotpOpen => Text();
    public string TotpByHand => Text();
    public string TotpSecret => Text();
    public string TotpCode => Text();
    public string DeviceName => Text();
    public string DeviceNameHint => Text();
    public string SetUpPhoneTitle => Text();
    public string SetUpPhoneLead => Text();
    public string ChangePhoneNumber => Text();
    public string SetUpEmailTitle => Text();
    public string SetUpEmailLead => Text();
    public string ChangeEmail => Text();

    public string PasskeyTitle => Text();
    public string PasskeyLead => Text();
    public string UsePasskey => Text();
    public string AddPasskeyTitle => Text();
    public string AddPasskeyLead => Text();
    public string CreatePasskey => Text();
    public string NotNow => Text();
    public string PasskeyNeedsScript => Text();
    public string PasskeyUnsupported => Text();
    public string PasskeyFailed => Text();
    public string PasskeyExists => Text();

    public string ErrorTitle => Text();
    public string ErrorText => Text();
    public string ErrorAdvice => Text();
    public string RedirectMismatch => Text();
    public string ParametersMissing => Text();
    public string NoSuchPage => Text();
    public string SignedOutTitle => Text();
    public string SignedOutLead => Text();
    public string SignInAgain => Text();
    public string UnavailableTitle => Text();
    public string UnavailableText => Text();
    public string TimedOutTitle => Text();
    public string TimedOutLead => Text();
    public string UsedUpLead => Text();
    public string ForeignFormLead => Text();
    public string StartAgain => Text();

    /// <summary>For a field that has to be filled in and was not.</summary>
    public string FieldMissing => Text();
    public string EmailInvalid => Text();
    public string PhoneNumberInvalid => Text();

    /// <summary>A refusal of the API in the reader's language; words that are not the service's own stay as
    /// they are, those of a trigger without their frame.</summary>
    public string Said(ApiException refusal) => TriggerRefusal.Of(refusal) is { } trigger
        ? trigger.Words ?? SaidTriggerFailed
        : SaidOfEntry(refusal);

    /// <summary>Something is wrong with the field of that name.</summary>
    public string Check(string field) => Text("SaidCheckField").Replace("{field}", field);

    /// <inheritdoc cref="Said(ApiException)" />
    public string Said(string message) => RefusalWords.KeyOf(message) is { } key ? Text(key) : message;

    /// <summary>For a function of the administrators' that did not answer.</summary>
    public string SaidTriggerFailed => Text();

    /// <summary>The title of a page whose form was refused, so that it is the first thing heard.</summary>
    public string TitleWithError(string title) => Text().Replace("{title}", title);

    public string TitleOf(string title, string application) =>
        Text().Replace("{title}", title).Replace("{application}", application);

    public Html SignInLead(Html application) => Filled(Text(), ("application", application));

    public Html ContinueWith(Html provider) => Filled(Text(), ("provider", provider));

    public Html SignedInAs(Html username) => Filled(Text(), ("username", username));

    public Html ContinueAs(Html username) => Filled(Text(), ("username", username));

    public Html Terms(Html terms, Html privacy) => Filled(Text(), ("terms", terms), ("privacy", privacy));

    /// <summary>What the field of the name is called.</summary>
    public string NameOf(SignInNames names) => names switch
    {
        SignInNames.Email => Email,
        SignInNames.PhoneNumber => PhoneNumber,
        SignInNames.Email | SignInNames.PhoneNumber => Text("EmailOrPhoneNumber"),
        SignInNames.Username | SignInNames.Email => Text("UsernameOrEmail"),
        SignInNames.Username | SignInNames.PhoneNumber => Text("UsernameOrPhoneNumber"),
        SignInNames.Username | SignInNames.Email | SignInNames.PhoneNumber => Text("AnyName"),
        _ => Text("Username"),
    };

    /// <summary>What a factor is called.</summary>
    public string Factor(string name) => name switch
    {
        ChallengeNameType.Password or ChallengeNameType.PasswordSrp => Text("FactorPassword"),
        ChallengeNameType.EmailOtp => Text("FactorEmail"),
        ChallengeNameType.SmsOtp or ChallengeNameType.SmsMfa => Text("FactorSms"),
        ChallengeNameType.WebAuthn => Text("FactorPasskey"),
        ChallengeNameType.SoftwareTokenMfa => Text("FactorAuthenticator"),
        _ => name,
    };

    /// <summary>What a factor asks for; null where its name says it.</summary>
    public string? FactorHint(string name) => name switch
    {
        ChallengeNameType.WebAuthn => Text("FactorPasskeyHint"),
        ChallengeNameType.SoftwareTokenMfa => Text("FactorAuthenticatorHint"),
        _ => null,
    };

    /// <summary>What has been achieved, whatever comes next.</summary>
    public string Done(Achievement achievement) => achievement switch
    {
        Achievement.AccountCreated => Text("DoneAccountCreated"),
        Achievement.AccountConfirmed => Text("DoneAccountConfirmed"),
        _ => Text("DonePasswordChanged"),
    };

    /// <summary>Where to look for a code.</summary>
    public Html WhereIs(SentCode sent)
    {
        Html destination = $"<strong><bdi>{sent.Destination}</bdi></strong>";
        return (sent.Medium, sent.Destination) switch
        {
            (CodeMedium.Authenticator, _) => $"{Text("CodeByAuthenticator")}",
            (CodeMedium.Email, null) => $"{Text("CodeByEmail")}",
            (CodeMedium.Email, _) => Filled(Text("CodeByEmailTo"), ("destination", destination)),
            (_, null) => $"{Text("CodeBySms")}",
            _ => Filled(Text("CodeBySmsTo"), ("destination", destination)),
        };
    }

    public Html LinkByEmailTo(Html destination) => Filled(Text(), ("destination", destination));

    public string Rule(PasswordRule rule) => rule.Kind switch
    {
        PasswordRuleKind.Length => Counted("RuleLength", rule.Number),
        PasswordRuleKind.Lowercase => Text("RuleLowercase"),
        PasswordRuleKind.Uppercase => Text("RuleUppercase"),
        PasswordRuleKind.Number => Text("RuleNumber"),
        PasswordRuleKind.Symbol => Text("RuleSymbol"),
        _ => Counted("RuleHistory", rule.Number),
    };

    /// <summary>What an attribute is called: the standard ones in the reader's language, the others by their
    /// names.</summary>
    public string Attribute(string name) => name switch
    {
        AttributeNames.Email => Email,
        AttributeNames.PhoneNumber => PhoneNumber,
        _ => texts.GetValueOrDefault(KeyOfAttribute(name)) ?? name[(name.LastIndexOf(':') + 1)..],
    };

    /// <summary><c>family_name</c> has its text under <c>AttributeFamilyName</c>.</summary>
    private static string KeyOfAttribute(string name) => "Attribute" + string.Concat(
        name.Split('_').Select(static word => word is [var first, .. var rest]
            ? char.ToUpperInvariant(first) + rest
            : ""));

    private string Counted(string key, int number) =>
        Text(key).Replace("{number}", number.ToString(CultureInfo.InvariantCulture));

    private string SaidOfEntry(ApiException refusal) => RefusedEntry.Of(refusal) switch
    {
        null => Said(refusal.Text ?? refusal.Code),
        { Attribute: { } name } => Check(Attribute(name)),
        var entry => Text(RefusalWords.KeyOf(entry)),
    };

    /// <summary>A text with pieces of a page in its places.</summary>
    private static Html Filled(string text, params ReadOnlySpan<(string Place, Html Piece)> pieces)
    {
        foreach (var (place, piece) in pieces)
        {
            var at = text.IndexOf($"{{{place}}}", StringComparison.Ordinal);
            if (at < 0) continue;
            var (before, after) = (text[..at], text[(at + place.Length + 2)..]);
            return $"{Filled(before, pieces)}{piece}{Filled(after, pieces)}";
        }

        return $"{text}";
    }

    private string Text([CallerMemberName] string key = "") => texts[key];
}
