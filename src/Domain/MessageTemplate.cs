using System.Net;
using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>The wording of a message before code and name are put in.</summary>
/// <param name="Subject">Null for SMS.</param>
public sealed record MessageTemplate(string? Subject, string Body)
{
    /// <summary>Where the code or the temporary password goes.</summary>
    public const string CodePlaceholder = "{####}";

    /// <summary>Where the user name goes, in invitations.</summary>
    public const string UsernamePlaceholder = "{username}";

    /// <summary>Where a confirmation link goes.</summary>
    public const string LinkPlaceholder = "{##Click Here##}";

    /// <summary>The pool's wording for a message, or the service's default (doc). Password resets always use
    /// a code, whatever the verification templates prefer.</summary>
    public static MessageTemplate Of(UserPool pool, MessageSource source, DeliveryMedium medium) =>
        (source, medium) switch
        {
            _ when source == MessageSource.AdminCreateUser => Invitation(pool, medium),
            _ when source == MessageSource.Authentication => SignIn(pool, medium),
            (_, DeliveryMedium.Sms) => new(null, VerificationSms(pool) ?? DefaultBody(source)),
            _ => new(
                pool.Settings.VerificationMessageTemplate?.EmailSubject
                    ?? pool.Settings.EmailVerificationSubject ?? "Your verification code",
                pool.Settings.VerificationMessageTemplate?.EmailMessage
                    ?? pool.Settings.EmailVerificationMessage ?? DefaultBody(source)),
        };

    /// <summary>The message with <paramref name="code"/> and <paramref name="username"/> in place. An e-mail
    /// body is HTML, so both are encoded there: user names are foreign text.</summary>
    public MessageTemplate Fill(string code, string? username, DeliveryMedium medium)
    {
        var isHtml = medium == DeliveryMedium.Email;
        return new(Subject is null ? null : OneLine(Put(Subject, false)), Put(Body, isHtml));

        string Put(string text, bool encode)
        {
            var filled = text.Replace(CodePlaceholder, encode ? WebUtility.HtmlEncode(code) : code);
            return username is null
                ? filled
                : filled.Replace(UsernamePlaceholder, encode ? WebUtility.HtmlEncode(username) : username);
        }
    }

    private static MessageTemplate Invitation(UserPool pool, DeliveryMedium medium)
    {
        var given = pool.Settings.AdminCreateUserConfig?.InviteMessageTemplate;
        const string Text = "Your username is {username} and temporary password is {####}. ";
        return medium == DeliveryMedium.Sms
            ? new(null, given?.SMSMessage ?? Text)
            : new(given?.EmailSubject ?? "Your temporary password", given?.EmailMessage ?? Text);
    }

    /// <summary>The texts of second factors serve codes of a passwordless sign-in too (doc).</summary>
    private static MessageTemplate SignIn(UserPool pool, DeliveryMedium medium)
    {
        const string Text = "Your authentication code is {####}. ";
        return medium == DeliveryMedium.Sms
            ? new(null, pool.Settings.SmsAuthenticationMessage ?? Text)
            : new(
                pool.Factors.Email?.Subject ?? "Your authentication code",
                pool.Factors.Email?.Message ?? Text);
    }

    private static string? VerificationSms(UserPool pool) =>
        pool.Settings.VerificationMessageTemplate?.SmsMessage ?? pool.Settings.SmsVerificationMessage;

    private static string DefaultBody(MessageSource source) => source == MessageSource.ForgotPassword
        ? "Your password reset code is {####}"
        : "Your verification code is {####}. ";

    /// <summary>A line break in a subject would begin a header of the sender's choice.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
