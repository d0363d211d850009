using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using MimeKit;

namespace Lifeguard.Adapters;

/// <summary>
/// Turns an e-mail into its wire form. Every address must be exactly one mailbox and no header takes a
/// control character, so that a user's name or a pool's setting cannot add headers or recipients.
/// </summary>
internal static class MailComposer
{
    /// <summary>The MIME message: HTML with a text alternative made from it.</summary>
    /// <exception cref="DeliveryException">An address is none; permanent.</exception>
    public static MimeMessage Compose(EmailMessage message, string defaultFrom, DateTimeOffset now)
    {
        var from = Mailbox(message.From ?? defaultFrom, "sender");
        var mail = new MimeMessage
        {
            Date = now,
            MessageId = MessageIdOf(message.Id, from),
            Subject = WithoutControls(message.Subject),
            Body = BodyOf(message),
        };
        mail.From.Add(from);
        mail.To.Add(Recipient(message.To));
        if (message.ReplyTo is not null) mail.ReplyTo.Add(Mailbox(message.ReplyTo, "reply-to"));
        // RFC 3834 §5: out-of-office programs keep silent.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        // SES reads it from messages that come by SMTP; to others it means nothing.
        if (message.Route?.ConfigurationSet is { } set)
            mail.Headers.Add("X-SES-CONFIGURATION-SET", WithoutControls(set));
        return mail;
    }

    private static MultipartAlternative BodyOf(EmailMessage message)
    {
        // RFC 2046 §5.1.4: the last alternative is the preferred one. Quoted-printable never yields "=_", so
        // the boundary cannot occur inside a part.
        var alternatives = new MultipartAlternative { Boundary = "=_" + Token(message.Id) };
        alternatives.Add(Part("plain", HtmlText.Of(message.Body)));
        alternatives.Add(Part("html", HtmlDocument.Of(WithoutControls(message.Subject), message.Body)));
        return alternatives;
    }

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text + "\r\n");
        return part;
    }

    private static MailboxAddress Recipient(string to)
    {
        var mailbox = Mailbox(to, "recipient");
        // A recipient is a bare address: a name, comment or route around it was put there by somebody.
        return mailbox.Address == to ? mailbox : throw NoAddress("recipient");
    }

    private static MailboxAddress Mailbox(string text, string role) =>
        !text.Any(char.IsControl)
        && MailboxAddress.TryParse(text, out var mailbox)
        && mailbox.Address.Contains('@')
            ? mailbox
            : throw NoAddress(role);

    private static DeliveryException NoAddress(string role) =>
        new($"The {role} is not an e-mail address.", permanent: true);

    /// <summary>The same for every try, so that a mail store can recognise a repeated message.</summary>
    private static string MessageIdOf(string id, MailboxAddress from) => $"{Token(id)}@{from.Domain}";

    private static string Token(string id) =>
        id.Length is > 0 and <= 60 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? id
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 20));

    private static string WithoutControls(string text) =>
        string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
}
