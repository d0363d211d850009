using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Text messages by way of an HTTP webhook: a signed POST of <c>{"id","poolId","to","message"}</c>. Any 2xx
/// means taken; a status that finds fault with the message (400, 413, 422) is final; everything else, such as
/// a webhook that is not there or refuses its caller, is the operator's to repair and may be tried again with
/// the same id.
/// </summary>
public sealed class WebhookSmsSender(
    IOutboundHttp http, Uri address, WebhookSignature signature, TimeProvider clock)
    : ISmsSender
{
    private static readonly JsonWriterOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DeliveryHttp exchange = new("The SMS webhook", http, clock);

    /// <inheritdoc/>
    public async Task Send(SmsMessage message, CancellationToken cancellation)
    {
        var body = Write(message);
        var request = new OutboundRequest(
            HttpMethod.Post, address, signature.HeadersFor(body.Span), body, OutboundTrust.Operator);
        var status = (await exchange.Send(request, cancellation)).Status;
        if (status is >= 200 and < 300) return;
        throw new DeliveryException(
            $"The SMS webhook answered with status {status}.", permanent: status is 400 or 413 or 422);
    }

    private static ReadOnlyMemory<byte> Write(SmsMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        json.WriteString("poolId", message.PoolId);
        json.WriteString("to", message.To);
        json.WriteString("message", message.Body);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
