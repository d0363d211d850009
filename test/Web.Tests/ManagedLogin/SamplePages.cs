using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Tests.ManagedLogin;

/// <summary>Every page with something in every one of its places.</summary>
/// <param name="say">Each text that could come from a stranger passes through it.</param>
internal sealed class SamplePages(Func<string, string> say)
{
    public const string RequestOptions =
        """{"challenge":"Y2hhbGxlbmdl","rpId":"localhost","timeout":60000,"userVerification":"preferred"}""";

    public const string CreationOptions =
        """
        {"challenge":"Y2hhbGxlbmdl","rp":{"id":"localhost","name":"Planets"},
        "user":{"id":"YW5h","name":"ana","displayName":"Ana"},
        "pubKeyCredParams":[{"type":"public-key","alg":-7}],"excludeCredentials":[],
        "authenticatorSelection":{"residentKey":"required","userVerification":"preferred"}}
        """;

    /// <summary>As they are when nobody means harm.</summary>
    public static readonly SamplePages Friendly = new(static text => text);

    /// <summary>Name and page.</summary>
    public IReadOnlyList<(string Name, Func<PageFrame, Html> Draw)> All =>
        [.. SignIns, .. FirstFactors, .. Registrations, .. Passwords, .. SecondFactors, .. Ends];

    private string Ana => say("ana@example.com");

    private string Session => say("AYABeOpaque-session_0123456789");

    private IReadOnlyList<ProviderButton> Providers =>
    [
        new(say("Google"), say("Google"), IdentityProviderTypeType.Google, Href("Google")),
        new(say("Apple"), say("Apple"), IdentityProviderTypeType.SignInWithApple, Href("SignInWithApple")),
        new(say("Facebook"), say("Facebook"), IdentityProviderTypeType.Facebook, Href("Facebook")),
        new(say("Amazon"), say("Amazon"), IdentityProviderTypeType.LoginWithAmazon, Href("LoginWithAmazon")),
        new(say("acme"), say("Acme & Daughters"), say("SAML"), Href("acme")),
    ];

    private IReadOnlyList<(string, Func<PageFrame, Html>)> SignIns =>
    [
        ("sign-in", frame => SignInPage.Page(frame, new()
        {
            Names = SignInNames.Username | SignInNames.Email, CanSignUp = true, CanRecover = true,
        })),
        ("sign-in-everything", frame => SignInPage.Page(frame, new()
        {
            Username = Ana, Names = SignInNames.Email, CanSignUp = true, CanRecover = true,
            Providers = Providers, FindsProviderByEmail = true, ProviderEmail = say("ana@acme.example"),
            ProviderEmailError = say("Nobody is known there."), PasskeyOptions = say(RequestOptions),
            Session = Session, Alert = Alert.Error(say(frame.Texts.Said("Incorrect username or password."))),
            UsernameError = say(frame.Texts.EmailInvalid), PasswordError = say(frame.Texts.FieldMissing),
        })),
        ("sign-in-after-reset", frame => SignInPage.Page(frame, new()
        {
            Username = Ana, CanSignUp = true, CanRecover = true,
            Notice = Alert.Success(say(frame.Texts.Done(Achievement.PasswordChanged))),
            Alert = Alert.Error(say("PreAuthentication failed with error no Martians.")),
        })),
        ("sign-in-choice", frame => SignInPage.Page(frame, new()
        {
            Names = SignInNames.Email, IsUsernameFirst = true, CanSignUp = true, CanRecover = true,
            Providers = [Providers[0], Providers[4]], PasskeyOptions = say(RequestOptions), Session = Session,
        })),
        ("sign-in-provider", frame => SignInPage.Page(frame, new()
        {
            HasLocalForm = false, Providers = [Providers[4]],
        })),
        ("sign-in-again", frame => SignInPage.Page(frame, new() { SignedInAs = Ana })),
    ];

    private IReadOnlyList<(string, Func<PageFrame, Html>)> FirstFactors =>
    [
        ("choose-factor", frame => ChooseFactorPage.Page(frame, new()
        {
            Username = Ana, Session = Session,
            Factors =
            [
                new("WEB_AUTHN"), new("EMAIL_OTP", say("a***@e***")), new("SMS_OTP", say("+*******9934")),
                new("PASSWORD"),
            ],
        })),
        ("password", frame => PasswordPage.Page(frame, new()
        {
            Username = Ana, Session = Session, CanRecover = true, CanChooseOther = true,
        })),
        ("password-wrong", frame => PasswordPage.Page(frame, new()
        {
            Username = Ana, Session = Session, CanRecover = true, PasswordError = say("Wrong."),
            Alert = Alert.Error(say(frame.Texts.Said("Incorrect username or password."))),
        })),
        ("code-by-email", frame => OneTimeCodePage.Page(frame, new()
        {
            Username = Ana, Session = Session, Purpose = CodePurpose.FirstFactor,
            Sent = new(CodeMedium.Email, say("a***@e***")), CanResend = true, CanChooseOther = true,
        })),
        ("passkey", frame => PasskeyPage.Page(frame, new()
        {
            Username = Ana, Session = Session, Options = say(RequestOptions), CanChooseOther = true,
        })),
        ("add-passkey", frame => AddPasskeyPage.Page(frame, new()
        {
            Username = Ana, Session = Session, Options = say(CreationOptions), CancelHref = Href("app"),
        })),
    ];

    private IReadOnlyList<(string, Func<PageFrame, Html>)> Registrations =>
    [
        ("sign-up", frame => SignUpPage.Page(frame, new()
        {
            Providers = [Providers[0]], Terms = new(Href("terms"), Href("privacy")),
            PasswordRules = PasswordRule.Of(PasswordPolicy.From(null)),
            Fields =
            [
                new("email", true), new("phone_number", true), new("given_name", true),
                new("birthdate", false),
            ],
        })),
        ("sign-up-refused", frame => SignUpPage.Page(frame, new()
        {
            Username = Ana, UsernameError = say(frame.Texts.Said("User already exists")),
            PasswordError = say(frame.Texts.Said("Password must have symbol characters")),
            PasswordRules = PasswordRule.Of(PasswordPolicy.From(null) with { HistorySize = 3 }, "Planets1"),
            Alert = Alert.Error(say("PreSignUp failed with error no Martians.")),
            Fields =
            [
                new("email", true) { Value = say("ana@"), Error = say(frame.Texts.EmailInvalid) },
                new(say("custom:planet"), false) { Label = say("Planet"), Value = say("Mars") },
                new(say("custom:moons"), false) { IsNumber = true, MaxLength = 3, Value = say("2") },
                new("website", false), new("address", false),
            ],
        })),
        ("confirm", frame => ConfirmSignUpPage.Page(frame, new()
        {
            Username = Ana, Session = Session, Sent = new(CodeMedium.Email, say("a***@e***")),
            Alert = Alert.Success(say("OK")),
        })),
        ("confirm-refused", frame => ConfirmSignUpPage.Page(frame, new()
        {
            Username = Ana, CodeError = say(frame.Texts.Said("Code mismatch")),
        })),
        ("confirm-by-link", frame => ConfirmByLinkPage.Page(frame, new()
        {
            Username = Ana, Session = Session, Sent = new(CodeMedium.Email, say("a***@e***")),
        })),
        ("confirm-by-link-first", frame => ConfirmByLinkPage.Page(frame, new() { Username = Ana })),
    ];

    private IReadOnlyList<(string, Func<PageFrame, Html>)> Passwords =>
    [
        ("forgot-password", frame => ForgotPasswordPage.Page(frame, new()
        {
            Username = Ana, Names = SignInNames.Email | SignInNames.PhoneNumber,
        })),
        ("reset-password", frame => ResetPasswordPage.Page(frame, new()
        {
            Username = Ana, Sent = new(CodeMedium.Sms, say("+*******9934")),
            PasswordRules = PasswordRule.Of(PasswordPolicy.From(null)),
        })),
        ("reset-password-forced", frame => ResetPasswordPage.Page(frame, new()
        {
            Username = Ana, IsForced = true, Sent = new(CodeMedium.Email, say("a***@e***")),
            PasswordRules = PasswordRule.Of(PasswordPolicy.From(null), "planets"),
            CodeError = say(frame.Texts.Said("Code mismatch")),
            PasswordError = say(frame.Texts.Said("Password not long enough")),
        })),
        ("new-password", frame => NewPasswordPage.Page(frame, new()
        {
            Username = Ana, Session = Session, PasswordRules = PasswordRule.Of(PasswordPolicy.From(null)),
            Fields = [new("family_name", true), new("gender", true)],
        })),
    ];

    private IReadOnlyList<(string, Func<PageFrame, Html>)> SecondFactors =>
    [
        ("code-by-app", frame => OneTimeCodePage.Page(frame, new()
        {
            Username = Ana, Session = Session, Purpose = CodePurpose.SecondFactor,
            Sent = new(CodeMedium.Authenticator, null), CanChooseOther = true,
            CodeError = say(frame.Texts.Said("Code mismatch")),
        })),
        ("code-to-new-phone", frame => OneTimeCodePage.Page(frame, new()
        {
            Username = Ana, Session = Session, Purpose = CodePurpose.PhoneSetUp,
            Sent = new(CodeMedium.Sms, say("+*******9934")), CanResend = true, CanChooseOther = true,
            Alert = Alert.Error(say(frame.Texts.Said("Attempt limit exceeded, please try after some time."))),
        })),
        ("choose-mfa", frame => ChooseMfaPage.Page(frame, new()
        {
            Username = Ana, Session = Session,
            Factors = [new("SOFTWARE_TOKEN_MFA"), new("SMS_MFA", say("+*******9934")), new("EMAIL_OTP")],
        })),
        ("set-up-mfa", frame => SetUpMfaPage.Page(frame, new()
        {
            Username = Ana, Session = Session,
            Factors = [new("SOFTWARE_TOKEN_MFA"), new("SMS_MFA"), new("EMAIL_OTP")],
        })),
        ("set-up-totp", frame => SetUpTotpPage.Page(frame, new()
        {
            Username = Ana, Session = Session, Issuer = say("Planets"), CanChooseOther = true,
            Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSW", DeviceName = say("my phone"),
            DeviceNameError = say("Too long."),
        })),
        ("set-up-phone", frame => SetUpPhonePage.Page(frame, new()
        {
            Username = Ana, Session = Session, PhoneNumber = say("+4915"),
            PhoneNumberError = say(frame.Texts.PhoneNumberInvalid), CanChooseOther = true,
        })),
        ("set-up-email", frame => SetUpEmailPage.Page(frame, new()
        {
            Username = Ana, Session = Session, Email = say(""), CanChooseOther = true,
        })),
    ];

    private IReadOnlyList<(string, Func<PageFrame, Html>)> Ends =>
    [
        ("error", frame => ErrorPage.Page(frame, new() { Reason = "redirect_mismatch" })),
        ("error-described", frame => ErrorPage.Page(frame, new()
        {
            Reason = "invalid_request", Description = say("The provider did not answer."),
        })),
        ("signed-out", frame => SignedOutPage.Page(frame, new() { SignInHref = Href("login") })),
        ("unavailable", frame => UnavailablePage.Page(frame, new())),
        ("foreign-form", frame => ForeignFormPage.Page(frame, new() { RestartHref = Href("login") })),
        ("used-up", frame => UsedUpPage.Page(frame, new() { RestartHref = Href("login") })),
        ("timed-out", frame => TimedOutPage.Page(frame, new()
        {
            RestartHref = Href("login"), Alert = new(AlertKind.Warning, say("Be quick.")),
        })),
    ];

    private string Href(string name) => "/to/" + say(name);
}
