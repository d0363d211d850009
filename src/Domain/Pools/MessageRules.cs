using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>The texts of verification messages, which stand in two places since the older members are no
/// longer the only ones.</summary>
public static class MessageRules
{
    /// <summary>
    /// The pool with each text in both places and with the kind of e-mail decided. Texts for both kinds of
    /// e-mail may be there, whatever the documentation says: the service takes and keeps them (observed).
    /// </summary>
    /// <exception cref="ApiException">InvalidParameterException: the two places differ.</exception>
    public static UserPoolType Mirrored(UserPoolType given)
    {
        var template = given.VerificationMessageTemplate ?? new();
        var sms = Same(
            given.SmsVerificationMessage, template.SmsMessage, "SmsVerificationMessage", "SmsMessage");
        var message = Same(
            given.EmailVerificationMessage,
            template.EmailMessage,
            "EmailVerificationMessage",
            "EmailMessage");
        var subject = Same(
            given.EmailVerificationSubject,
            template.EmailSubject,
            "EmailVerificationSubject",
            "EmailSubject");
        return given with
        {
            SmsVerificationMessage = sms,
            EmailVerificationMessage = message,
            EmailVerificationSubject = subject,
            VerificationMessageTemplate = template with
            {
                SmsMessage = sms,
                EmailMessage = message,
                EmailSubject = subject,
                DefaultEmailOption = template.DefaultEmailOption ?? DefaultEmailOptionType.ConfirmWithCode,
            },
        };
    }

    private static string? Same(string? legacy, string? present, string legacyName, string name) =>
        legacy is null || present is null || legacy == present
            ? present ?? legacy
            : throw PoolRefusals.TwoTexts(legacyName, name);
}
