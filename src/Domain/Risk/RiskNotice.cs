using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Lifeguard.Contract;
using Lifeguard.Domain.Logs;

namespace Lifeguard.Domain.Risk;

/// <summary>The mail that tells a user of a risky sign-in.</summary>
/// <param name="Subject">Before anything is put in.</param>
/// <param name="Body">HTML, likewise.</param>
public sealed partial record RiskNotice(string Subject, string Body)
{
    /// <summary>Which there are, named as the members of NotifyConfiguration that word them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        nameof(NotifyConfigurationType.BlockEmail),
        nameof(NotifyConfigurationType.MfaEmail),
        nameof(NotifyConfigurationType.NoActionEmail),
    ];

    private const string Nowhere = "unknown";

    /// <summary>The body as plain text, before anything is put in; null where it is made from the
    /// HTML.</summary>
    public string? Text { get; init; }

    /// <summary>There is no HTML but what shows <see cref="Text"/> where HTML is wanted.</summary>
    public bool IsTextOnly { get; init; }

    /// <summary>BCP 47 tag of <see cref="Body"/>; null where whoever worded it has not said.</summary>
    public string? Language { get; init; }

    /// <summary>Which of <see cref="Names"/> tells that this was done.</summary>
    public static string NameOf(RiskResponse response) => response switch
    {
        RiskResponse.Block => nameof(NotifyConfigurationType.BlockEmail),
        RiskResponse.AskFactor => nameof(NotifyConfigurationType.MfaEmail),
        _ => nameof(NotifyConfigurationType.NoActionEmail),
    };

    /// <summary>The administrator's wording for what was done, or one of our own.</summary>
    public static RiskNotice Of(NotifyConfigurationType? configuration, AuthEvent happened)
    {
        var (given, subject, words) = happened.Risk.Response switch
        {
            RiskResponse.Block => (configuration?.BlockEmail,
                "Blocked sign-in attempt", "We have stopped somebody from signing in to your account."),
            RiskResponse.AskFactor => (configuration?.MfaEmail,
                "New sign-in attempt", "Somebody signs in to your account and is asked for a second proof."),
            _ => (configuration?.NoActionEmail,
                "New sign-in attempt", "Somebody signs in to your account in an unusual way."),
        };
        return given is null
            ? Default(subject, words, happened)
            : new(given.Subject, given.HtmlBody ?? AsHtml(given.TextBody ?? ""))
            {
                Text = given.TextBody,
                IsTextOnly = given.HtmlBody is null,
            };
    }

    /// <summary>The mail about an event. All that is put in is foreign text, so it is encoded in the
    /// body.</summary>
    /// <param name="name">What the user is called in messages.</param>
    public RiskNotice Fill(AuthEvent happened, string name, FeedbackLinks links)
    {
        (string Placeholder, string Value)[] values =
        [
            ("{username}", name),
            ("{login-time}", TimeOf(happened.At)),
            ("{ip-address}", happened.IpAddress),
            ("{city}", happened.City ?? Nowhere),
            ("{country}", happened.Country ?? Nowhere),
            ("{device-name}", happened.DeviceName),
            ("{event-id}", happened.Id),
            ("{feedback-token}", links.Token),
            ("{one-click-link-valid}", links.Valid),
            ("{one-click-link-invalid}", links.Invalid),
        ];
        return this with
        {
            // A line break in a subject would begin a header of the sender's choice.
            Subject = Put(Subject, values, static text => text).ReplaceLineEndings(" "),
            Body = Put(Body, values, WebUtility.HtmlEncode),
            Text = Text is null ? null : Put(Text, values, static text => text),
        };
    }

    private static string Put(
        string text, (string Placeholder, string Value)[] values, Func<string, string> encode) =>
        Placeholder().Replace(text, match =>
        {
            var found = Array.Find(values, each => each.Placeholder == match.Value);
            return found.Placeholder is null ? match.Value : encode(found.Value);
        });

    /// <summary>All in one pass: what is put in is not looked at again, whatever a user is called.</summary>
    [GeneratedRegex(@"\{[a-z-]+\}")]
    private static partial Regex Placeholder();

    private static string AsHtml(string text) =>
        WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>");

    private static RiskNotice Default(string subject, string words, AuthEvent happened)
    {
        string[] known =
        [
            "<li>Time: {login-time}</li>",
            .. DeviceName.Known(happened.DeviceName) is { } device
                ? [$"<li>Device: {WebUtility.HtmlEncode(device)}</li>"] : (string[])[],
            .. happened.IpAddress.Length > 0 ? ["<li>Address: {ip-address}</li>"] : (string[])[],
            .. Place(happened) is { } place ? [$"<li>Place: {place}</li>"] : (string[])[],
        ];
        return new(
            subject,
            $$"""
            <p>{{words}}</p>
            <ul>
            {{string.Join('\n', known)}}
            </ul>
            <p>Was it you? <a href="{one-click-link-valid}">Yes, it was me</a></p>
            <p>If not, <a href="{one-click-link-invalid}">tell us</a> and change your password.</p>
            """)
        {
            Language = MessageTemplate.BuiltInLanguage,
        };
    }

    private static string? Place(AuthEvent happened) => (happened.City, happened.Country) switch
    {
        (null, null) => null,
        (_, null) => "{city}",
        (null, _) => "{country}",
        _ => "{city}, {country}",
    };

    private static string TimeOf(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}

/// <summary>By what a user answers the question whether it was them.</summary>
/// <param name="Token">For an application that asks itself (UpdateAuthEventFeedback).</param>
/// <param name="Valid">Address that says "it was me".</param>
/// <param name="Invalid">Address that says "it was not me".</param>
public sealed record FeedbackLinks(string Token, string Valid, string Invalid)
{
    /// <summary>Never prints the token.</summary>
    public override string ToString() => nameof(FeedbackLinks);
}
