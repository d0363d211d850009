using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Text messages by AWS End User Messaging, or by anything that speaks its API (doc: SMS and Voice API v2,
/// SendTextMessage). What it says against the number or the text is final; everything else may be tried
/// again.
/// </summary>
public sealed class EndUserMessagingSmsSender(IOutboundHttp http, SnsOptions options, TimeProvider clock)
    : ISmsSender
{
    private readonly AwsEndpoint messaging =
        new("End User Messaging", "sms-voice", "sms-voice", options.Aws, http, clock);

    /// <inheritdoc/>
    public async Task Send(SmsMessage message, CancellationToken cancellation)
    {
        var route = message.Route ?? new();
        var answer = await messaging.Post(
            route.Region ?? options.Region,
            "/",
            new Dictionary<string, string>
            {
                ["Content-Type"] = "application/x-amz-json-1.0",
                ["X-Amz-Target"] = "PinpointSMSVoiceV2.SendTextMessage",
            },
            Write(message, route),
            cancellation);
        if (answer.Status is >= 200 and < 300) return;
        var error = AwsEndpoint.ErrorOf(answer);
        throw new DeliveryException(
            $"End User Messaging refused the message: {error}.",
            // A conflict is a number whose holder wants no messages.
            permanent: error is "ValidationException" or "ConflictException");
    }

    private static ReadOnlyMemory<byte> Write(SmsMessage message, DeliveryRoute route)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("DestinationPhoneNumber", message.To);
        json.WriteString("MessageBody", message.Body);
        json.WriteString("MessageType", "TRANSACTIONAL");
        if (route.Identity is { } origin) json.WriteString("OriginationIdentity", origin);
        if (route.ConfigurationSet is { } set) json.WriteString("ConfigurationSetName", set);
        if (route.EntityId is not null || route.TemplateId is not null)
        {
            json.WriteStartObject("DestinationCountryParameters");
            if (route.EntityId is { } entity) json.WriteString("IN_ENTITY_ID", entity);
            if (route.TemplateId is { } template) json.WriteString("IN_TEMPLATE_ID", template);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}

/// <summary>Text messages by the service that each pool names: End User Messaging, or else SNS.</summary>
public sealed class AwsSmsSender(SnsSmsSender sns, EndUserMessagingSmsSender messaging) : ISmsSender
{
    /// <inheritdoc/>
    public Task Send(SmsMessage message, CancellationToken cancellation) =>
        message.Route?.IsByEndUserMessaging == true
            ? messaging.Send(message, cancellation)
            : sns.Send(message, cancellation);
}
