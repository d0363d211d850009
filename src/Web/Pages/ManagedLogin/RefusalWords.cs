using System.Collections.Frozen;
using Lifeguard.Operations.OAuth;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Which text of the catalogue stands for a refusal of the API, whose words are English.</summary>
internal static class RefusalWords
{
    private static readonly string[] PolicyPrefixes =
        ["Password did not conform with policy: ", "Password does not conform to policy: "];

    private static readonly FrozenDictionary<string, string> Keys = new Dictionary<string, string>
    {
        ["Incorrect username or password."] = "SaidWrongPassword",
        ["User does not exist."] = "SaidUserNotFound",
        ["Username/client id combination not found."] = "SaidUserNotFound",
        ["User is disabled."] = "SaidUserDisabled",
        ["User is disabled"] = "SaidUserDisabled",
        ["User already exists"] = "SaidUserExists",
        ["An account with the given email already exists."] = "SaidEmailTaken",
        ["An account with the email already exists."] = "SaidEmailTaken",
        ["An account with the given phone_number already exists."] = "SaidPhoneNumberTaken",
        ["An account with the phone_number already exists."] = "SaidPhoneNumberTaken",
        ["Attempt limit exceeded, please try after some time."] = "SaidAttemptLimit",
        ["Password attempts exceeded"] = "SaidPasswordAttempts",
        ["Temporary password has expired and must be reset by an administrator."] =
            "SaidTemporaryPasswordExpired",
        ["User password cannot be reset in the current state."] = "SaidCannotReset",
        ["Contact administrator to reset password."] = "SaidAdministratorResets",
        ["Cannot reset password for the user as there is no registered/verified email or phone_number"] =
            "SaidNoRecoveryContact",
        ["Invalid verification code provided, please try again."] = "SaidCodeMismatch",
        ["Invalid code or auth state for the user."] = "SaidCodeMismatch",
        ["Invalid code received for user"] = "SaidCodeMismatch",
        ["Code mismatch"] = "SaidCodeMismatch",
        ["Invalid code provided, please request a code again."] = "SaidCodeExpired",
        ["Your software token has already been used once."] = "SaidCodeUsed",
        ["Password not long enough"] = "SaidPasswordTooShort",
        ["Password must have numeric characters"] = "SaidPasswordNeedsNumber",
        ["Password must have symbol characters"] = "SaidPasswordNeedsSymbol",
        ["Password must have uppercase characters"] = "SaidPasswordNeedsUppercase",
        ["Password must have lowercase characters"] = "SaidPasswordNeedsLowercase",
        ["Password has previously been used."] = "SaidPasswordReused",
        ["Invalid session for the user."] = "SaidSessionEnded",
        ["Invalid session for the user, session is expired."] = "SaidSessionEnded",
        ["Invalid session for the user, session can only be used once."] = "UsedUpLead",
        ["No usable MFA method was found for the user."] = "SaidNoSecondFactor",
        ["Login option is not available. Please try another one"] = "SaidProviderNotAvailable",
        ["SignUp is not permitted for this user pool"] = "SaidSignUpClosed",
        ["Rate exceeded"] = "SaidTooManyRequests",
        [AuthorizationRefusals.NoSuchClient] = "NoSuchClient",
        ["Cannot resend codes. Auto verification not turned on."] = "SaidNoCodeSent",
        ["Password is required."] = "FieldMissing",
        ["Username should be an email."] = "EmailInvalid",
        ["Username should be a phone number."] = "PhoneNumberInvalid",
        ["Username should be either an email or a phone number."] = "SaidNeedsEmailOrPhoneNumber",
        ["Username cannot be of email format, since user pool is configured for email alias."] =
            "SaidUsernameIsContact",
        ["Username cannot be of phone number format, since user pool is configured for phone number alias."] =
            "SaidUsernameIsContact",
        ["Invalid email address format."] = "EmailInvalid",
        ["Invalid phone number format."] = "PhoneNumberInvalid",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly RefusedEntry[] Entries =
    [
        .. Enum.GetValues<EntryKind>().SelectMany(
            static kind => (RefusedEntry[])[new(kind, IsMissing: false), new(kind, IsMissing: true)]),
    ];

    /// <summary>Every key that stands for a refusal.</summary>
    public static IEnumerable<string> AllKeys => Keys.Values.Concat(Entries.Select(KeyOf)).Distinct();

    /// <summary>The key; null for words that are not known, such as those of a trigger.</summary>
    public static string? KeyOf(string message)
    {
        var prefix = PolicyPrefixes.FirstOrDefault(
            prefix => message.StartsWith(prefix, StringComparison.Ordinal));
        return Keys.GetValueOrDefault(message[(prefix?.Length ?? 0)..]);
    }

    /// <summary>The key for an entry whose form is refused, other than an attribute's.</summary>
    public static string KeyOf(RefusedEntry entry) => entry switch
    {
        { Kind: EntryKind.Other } => "SaidCheckEntered",
        { IsMissing: true } => "FieldMissing",
        { Kind: EntryKind.Name } => "SaidNameInvalid",
        { Kind: EntryKind.Password } => "SaidPasswordInvalid",
        _ => "SaidCodeMismatch",
    };
}
