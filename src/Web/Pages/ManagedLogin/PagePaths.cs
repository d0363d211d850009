namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Where forms and links of the pages lead, below the address of a domain. Each carries the query of
/// the authorization request along.</summary>
internal static class PagePaths
{
    /// <summary>Everything up to the first factor: a name, a password, the choice of a factor, its code or
    /// its passkey. Which of them it is, the fields of the form tell.</summary>
    public const string SignIn = "/login";

    public const string SignUp = "/signup";

    public const string Confirm = "/confirm";

    public const string ResendCode = "/resendcode";

    public const string ForgotPassword = "/forgotPassword";

    public const string ConfirmForgotPassword = "/confirmForgotPassword";

    public const string ChangePassword = "/changePassword";

    public const string Mfa = "/mfa";

    public const string ChooseMfa = "/mfa/choose";

    public const string SetUpMfa = "/mfa/setup";

    public const string SetUpSms = "/mfa/setup/sms";

    public const string SetUpEmail = "/mfa/setup/email";

    public const string SetUpTotp = "/mfa/setup/totp";

    public const string AddPasskey = "/passkeys/add";

    public const string SignOut = "/logout";

    public const string Error = "/error";

    public const string SignedOut = "/signedout";
}
