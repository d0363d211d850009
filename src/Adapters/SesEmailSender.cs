using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Pools;
using MimeKit;

namespace Lifeguard.Adapters;

/// <summary>How SES is reached.</summary>
/// <param name="From">Sender of messages that name none: an address, or <c>Name &lt;address&gt;</c>.</param>
/// <param name="Region">Where messages leave that name no identity elsewhere.</param>
public sealed record SesOptions(string From, string Region, AwsOptions Aws);

/// <summary>
/// E-mail by Amazon SES, or by anything that speaks its API (doc: SES API v2, SendEmail), as the same MIME
/// message that SMTP would carry. What SES says against the message itself is final; everything else may be
/// tried again, because it is the operator's to repair.
/// </summary>
public sealed class SesEmailSender(IOutboundHttp http, SesOptions options, TimeProvider clock) : IEmailSender
{
    /// <summary>RFC 5322 §2.3: lines end with CRLF.</summary>
    private static readonly FormatOptions Lines = WithCrLf();

    private readonly AwsEndpoint ses = new("SES", "email", "ses", options.Aws, http, clock);

    /// <inheritdoc/>
    public async Task Send(EmailMessage message, CancellationToken cancellation)
    {
        var route = message.Route ?? new();
        var identity = route.Identity is { } arn && Arns.IsOf("ses", arn) ? arn : null;
        var body = Write(message, route, identity);
        var answer = await ses.Post(
            identity is null ? options.Region : Arns.Region(identity),
            "/v2/email/outbound-emails",
            new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            body,
            cancellation);
        if (answer.Status is >= 200 and < 300) return;
        var error = AwsEndpoint.ErrorOf(answer);
        throw new DeliveryException(
            $"SES refused the message: {error}.",
            permanent: error is "MessageRejected" or "BadRequestException");
    }

    private static FormatOptions WithCrLf()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    private ReadOnlyMemory<byte> Write(EmailMessage message, DeliveryRoute route, string? identity)
    {
        var mail = MailComposer.Compose(message, options.From, message.CreatedAt ?? clock.GetUtcNow());
        // Doc: SES does not support SMTPUTF8.
        MailComposer.MustBeAscii(mail);
        var raw = new MemoryStream();
        mail.WriteTo(Lines, raw);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (identity is not null) json.WriteString("FromEmailAddressIdentityArn", identity);
        if (route.ConfigurationSet is { } set) json.WriteString("ConfigurationSetName", set);
        json.WriteStartObject("Destination");
        json.WriteStartArray("ToAddresses");
        json.WriteStringValue(MailComposer.Wire(mail.To.Mailboxes.Single()));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("Content");
        json.WriteStartObject("Raw");
        json.WriteBase64String("Data", raw.GetBuffer().AsSpan(0, (int)raw.Length));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
