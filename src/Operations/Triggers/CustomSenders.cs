using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.EncryptionSdk;

namespace Lifeguard.Operations.Triggers;

/// <summary>
/// Hands messages to the functions that deliver them in a pool's place, with their code encrypted for the
/// function alone. A function's answer is not read (doc).
/// </summary>
public sealed class CustomSenders(
    ITriggerInvoker invoker, TriggerGate gate, IDataKeys keys, TriggerLog log, RandomSource random,
    TimeProvider clock)
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Hands one message over.</summary>
    /// <exception cref="DeliveryException">There was no key, or the function was not
    /// invoked.</exception>
    public async Task Send(OutgoingMessage message, SenderOrder order, CancellationToken cancellation)
    {
        var code = order.Code is { } secret
            ? await Encrypt(secret, order.KeyArn, message.PoolId, cancellation)
            : null;
        var payload = WithCode(order.Event, code);
        var answer = await gate.Run(
            order.FunctionArn,
            () => invoker.Notify(order.FunctionArn, payload, message.Id, cancellation));
        log.Add(new(clock.GetUtcNow(), order.Source, order.FunctionArn, payload, answer));
        // What the function says may hold the code, so it is not repeated.
        if (answer is TriggerAnswer.Failed)
            throw new DeliveryException("The custom sender failed.", permanent: false);
        if (answer is TriggerAnswer.NotInvoked not)
            throw new DeliveryException($"The custom sender was not invoked: {not.Error}.", IsFinal(not));
    }

    /// <summary>In base64, bound to the pool (observed).</summary>
    private async Task<string> Encrypt(
        string secret, string keyArn, string poolId, CancellationToken cancellation)
    {
        var context = new Dictionary<string, string> { ["userpool-id"] = poolId };
        var key = await keys.Make(keyArn, context, cancellation);
        return Convert.ToBase64String(EncryptedMessage.Write(
            key.Key,
            key.Wrapped,
            context,
            random.Bytes(EncryptedMessage.IdLength),
            Encoding.UTF8.GetBytes(secret)));
    }

    /// <summary>The event itself is at fault. A missing function or permission is for an administrator to
    /// repair, and the message waits for that.</summary>
    private static bool IsFinal(TriggerAnswer.NotInvoked not) =>
        not.Error is "RequestTooLargeException" or "InvalidRequestContentException";

    private static byte[] WithCode(string trigger, string? code)
    {
        using var document = JsonDocument.Parse(trigger);
        var buffer = new ArrayBufferWriter<byte>(trigger.Length + (code?.Length ?? 0));
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.NameEquals("request")) WriteRequest(writer, member, code);
                else member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRequest(Utf8JsonWriter writer, JsonProperty request, string? code)
    {
        writer.WriteStartObject(request.Name);
        foreach (var member in request.Value.EnumerateObject())
        {
            if (member.NameEquals(SenderEvents.Code)) writer.WriteString(SenderEvents.Code, code);
            else member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
