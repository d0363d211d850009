using System.Buffers;
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
public static class MailComposer
{
    private const string RecipientRole = "recipient";
    private const string SenderRole = "sender";
    private const string ReplyToRole = "reply-to";

    /// <summary>What no part of a name between dots may hold (RFC 5322 §3.2.3), and the blank.</summary>
    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>[]:;@\\,\" ");

    /// <summary>Is this exactly one mailbox: an address, or <c>Name &lt;address&gt;</c>?</summary>
    public static bool IsMailbox(string text) => Parse(text) is not null;

    /// <summary>The MIME message: HTML with a text alternative, or plain text alone.</summary>
    /// <exception cref="DeliveryException">An address is none; permanent where it is the recipient's, since
    /// a sender's is the operator's to repair.</exception>
    internal static MimeMessage Compose(EmailMessage message, string defaultFrom, DateTimeOffset now)
    {
        var from = Mailbox(message.From ?? defaultFrom, SenderRole);
        var mail = new MimeMessage
        {
            Date = now,
            MessageId = MessageIdOf(message.Id, from),
            Subject = EncodedWords.Of(WithoutControls(message.Subject)),
            Body = BodyOf(message),
        };
        mail.From.Add(from);
        mail.To.Add(Recipient(message.To));
        if (message.ReplyTo is not null) mail.ReplyTo.Add(Mailbox(message.ReplyTo, ReplyToRole));
        // RFC 3834 §5: out-of-office programs keep silent.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        // SES reads it from messages that come by SMTP; to others it means nothing.
        if (message.Route?.ConfigurationSet is { } set)
            mail.Headers.Add("X-SES-CONFIGURATION-SET", WithoutControls(set));
        return mail;
    }

    /// <summary>The plain text that goes with the HTML, or instead of it.</summary>
    internal static string TextOf(EmailMessage message) => message.Text ?? HtmlText.Of(message.Body);

    /// <summary>The message byte by byte, its lines ended by CR LF.</summary>
    internal static ReadOnlyMemory<byte> Write(MimeMessage mail)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = !IsAscii(mail);
        using var bytes = new MemoryStream();
        mail.WriteTo(format, bytes);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <summary>Can the message travel where addresses are ASCII? Domains are, in their encoded form
    /// (RFC 5890 §2.3.2.1); for what stands before the @ there is none.</summary>
    internal static bool IsAscii(MimeMessage mail) => FirstBeyondAscii(mail) is null;

    /// <summary>Refuses a message that would need a transport with internationalised addresses
    /// (RFC 6531 §3.2).</summary>
    /// <exception cref="DeliveryException">Permanent where it is the recipient's address; a sender's is the
    /// operator's to repair.</exception>
    internal static void MustBeAscii(MimeMessage mail)
    {
        if (FirstBeyondAscii(mail) is not { } role) return;
        throw new DeliveryException(
            $"The address of the {role} is not ASCII, which the mail server does not take.",
            permanent: role == RecipientRole);
    }

    /// <summary>An address as it travels, its domain encoded where it is not ASCII.</summary>
    internal static string Wire(MailboxAddress mailbox) => mailbox.GetAddress(idnEncode: true);

    private static string? FirstBeyondAscii(MimeMessage mail)
    {
        (InternetAddressList List, string Role)[] addresses =
            [(mail.To, RecipientRole), (mail.From, SenderRole), (mail.ReplyTo, ReplyToRole)];
        return addresses
            .Where(each => each.List.Mailboxes.Any(mailbox => !Ascii.IsValid(Wire(mailbox))))
            .Select(each => each.Role)
            .FirstOrDefault();
    }

    private static MimeEntity BodyOf(EmailMessage message)
    {
        if (message is { IsTextOnly: true, Text: { } text }) return Part("plain", text);
        // RFC 2046 §5.1.4: the last alternative is the preferred one. Quoted-printable never yields "=_", so
        // the boundary cannot occur inside a part.
        var alternatives = new MultipartAlternative { Boundary = "=_" + Token(message.Id) };
        alternatives.Add(Part("plain", TextOf(message)));
        var title = WithoutControls(message.Subject);
        alternatives.Add(Part("html", HtmlDocument.Of(title, message.Body, message.Language)));
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
        var address = WithLooseDotsQuoted(to);
        var mailbox = Mailbox(address, RecipientRole);
        // A recipient is a bare address: a name, comment or route around it was put there by somebody.
        return MailboxAddress.EncodeAddrspec(address)
            .Equals(Wire(mailbox), StringComparison.OrdinalIgnoreCase)
            ? mailbox
            : throw NoAddress(RecipientRole);
    }

    /// <summary>Carriers have given out addresses with dots side by side or at an end of what stands before
    /// the @. Mail servers take such a name in quotes alone, where it means the same (RFC 5321 §4.1.2).
    /// Whatever else would need quotes stays as it is, and is refused.</summary>
    private static string WithLooseDotsQuoted(string address)
    {
        if (address.LastIndexOf('@') is not (> 0 and var at)) return address;
        var name = address[..at];
        var isLoose = name.Split('.').Contains("") && !name.AsSpan().ContainsAny(Specials);
        return isLoose ? $"\"{name}\"{address[at..]}" : address;
    }

    private static MailboxAddress Mailbox(string text, string role) => Parse(text) ?? throw NoAddress(role);

    private static MailboxAddress? Parse(string text) =>
        !text.Any(char.IsControl)
        && MailboxAddress.TryParse(text, out var mailbox)
        && mailbox.Address.Contains('@')
            ? new(mailbox.Name is { } name ? EncodedWords.Of(name) : null, mailbox.Address)
            : null;

    private static DeliveryException NoAddress(string role) =>
        new($"The {role} is not an e-mail address.", permanent: role == RecipientRole);

    /// <summary>The same for every try, so that a mail store can recognise a repeated message.</summary>
    private static string MessageIdOf(string id, MailboxAddress from)
    {
        var address = Wire(from);
        return $"{Token(id)}@{address[(address.LastIndexOf('@') + 1)..]}";
    }

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
