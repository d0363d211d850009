using System.Net;
using System.Text.RegularExpressions;
using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>The wording of a message before code and name are put in.</summary>
/// <param name="Subject">Null for SMS.</param>
/// <param name="Body">HTML in an e-mail.</param>
public sealed partial record MessageTemplate(string? Subject, string Body)
{
    /// <summary>Of the wordings that are built in.</summary>
    internal const string BuiltInLanguage = "en";

    /// <summary>Where the code or the temporary password goes.</summary>
    public const string CodePlaceholder = "{####}";

    /// <summary>Where the user name goes, in invitations.</summary>
    public const string UsernamePlaceholder = "{username}";

    /// <summary>Where a confirmation link goes; what stands between the marks is the text of it.</summary>
    public const string LinkPlaceholder = "{##Click Here##}";

    /// <summary>BCP 47 tag of the body; null where whoever worded it has not said.</summary>
    public string? Language { get; init; }

    /// <summary>The pool's wording for a message, or the service's default (doc). Password resets always use
    /// a code, whatever the verification templates prefer.</summary>
    /// <param name="canLink">The message may hold a link in place of the code.</param>
    public static MessageTemplate Of(
        UserPool pool, MessageSource source, DeliveryMedium medium, bool canLink) => (source, medium) switch
        {
            _ when source == MessageSource.AdminCreateUser => Invitation(pool, medium),
            _ when source == MessageSource.Authentication => SignIn(pool, medium),
            (_, DeliveryMedium.Sms) => new(null, VerificationSms(pool) ?? DefaultBody(source)),
            _ when canLink && pool.VerifiesByLink => Link(pool),
            _ => Email(
                pool.Settings.VerificationMessageTemplate?.EmailSubject
                    ?? pool.Settings.EmailVerificationSubject,
                pool.Settings.VerificationMessageTemplate?.EmailMessage
                    ?? pool.Settings.EmailVerificationMessage,
                builtIn: new("Your verification code", DefaultBody(source))),
        };

    /// <summary>Is there a place for a code, or for a link that holds it?</summary>
    public static bool HasPlaceForCode(string text) =>
        text.Contains(CodePlaceholder, StringComparison.Ordinal) || LinkMark().IsMatch(text);

    /// <summary>The message with everything in place. An e-mail body is HTML, so what is put in is encoded
    /// there: user names are foreign text.</summary>
    /// <param name="link">Where the marks of a link lead; null puts the code there.</param>
    public MessageTemplate Fill(string code, string? username, Uri? link, DeliveryMedium medium)
    {
        return this with
        {
            Subject = Subject is null ? null : OneLine(Put(Subject, isHtml: false)),
            Body = Put(Body, isHtml: medium == DeliveryMedium.Email),
        };

        // In one pass: what is put in is not looked at again, whatever a user is called.
        string Put(string text, bool isHtml) => Placeholder().Replace(text, match => match.Value switch
        {
            CodePlaceholder => Encode(code, isHtml),
            UsernamePlaceholder => username is null ? match.Value : Encode(username, isHtml),
            _ when link is not null && isHtml =>
                $"<a href=\"{WebUtility.HtmlEncode(link.AbsoluteUri)}\">{match.Groups["text"].Value}</a>",
            _ => Encode(code, isHtml),
        });
    }

    private static string Encode(string text, bool isHtml) => isHtml ? WebUtility.HtmlEncode(text) : text;

    private static MessageTemplate Invitation(UserPool pool, DeliveryMedium medium)
    {
        var given = pool.Settings.AdminCreateUserConfig?.InviteMessageTemplate;
        const string Text = "Your username is {username} and temporary password is {####}. ";
        return medium == DeliveryMedium.Sms
            ? new(null, given?.SMSMessage ?? Text)
            : Email(given?.EmailSubject, given?.EmailMessage, builtIn: new("Your temporary password", Text));
    }

    private static MessageTemplate Link(UserPool pool) => Email(
        pool.Settings.VerificationMessageTemplate?.EmailSubjectByLink,
        pool.Settings.VerificationMessageTemplate?.EmailMessageByLink,
        builtIn: new(
            "Your verification link",
            "Please click the link below to verify your email address. {##Verify Email##}"));

    /// <summary>The texts of second factors serve codes of a passwordless sign-in too (doc).</summary>
    private static MessageTemplate SignIn(UserPool pool, DeliveryMedium medium)
    {
        const string Text = "Your authentication code is {####}. ";
        return medium == DeliveryMedium.Sms
            ? new(null, pool.Settings.SmsAuthenticationMessage ?? Text)
            : Email(
                pool.Factors.Email?.Subject,
                pool.Factors.Email?.Message,
                builtIn: new("Your authentication code", Text));
    }

    /// <summary>Nobody says in which language a pool's own texts are.</summary>
    private static MessageTemplate Email(string? subject, string? body, MessageTemplate builtIn) =>
        new(subject ?? builtIn.Subject, body ?? builtIn.Body)
        {
            Language = body is null ? BuiltInLanguage : null,
        };

    private static string? VerificationSms(UserPool pool) =>
        pool.Settings.VerificationMessageTemplate?.SmsMessage ?? pool.Settings.SmsVerificationMessage;

    private static string DefaultBody(MessageSource source) => source == MessageSource.ForgotPassword
        ? "Your password reset code is {####}"
        : "Your verification code is {####}. ";

    /// <summary>A line break in a subject would begin a header of the sender's choice.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    // The text of a link may hold anything but another mark (doc: a pool may choose braces too).
    private const string LinkMarkPattern = @"\{##(?<text>(?:(?!\{##|##\}).)+)##\}";

    [GeneratedRegex(@"\{####\}|\{username\}|" + LinkMarkPattern, RegexOptions.Singleline)]
    private static partial Regex Placeholder();

    [GeneratedRegex(LinkMarkPattern, RegexOptions.Singleline)]
    private static partial Regex LinkMark();
}
