using System.Text.Json;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Triggers;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Dev;

/// <summary><c>/_lifeguard/triggers</c>: each trigger event that was sent, with what it came to.</summary>
public sealed class TriggersControl(TriggerLog log)
{
    /// <summary>Oldest first.</summary>
    public Task List(HttpContext context) => JsonAnswer.Send(context, 200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("triggers");
        foreach (var record in log.List()) Write(writer, record);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public Task Clear(HttpContext context)
    {
        log.Clear();
        return ControlBody.Done(context);
    }

    private static void Write(Utf8JsonWriter writer, TriggerRecord record)
    {
        writer.WriteStartObject();
        writer.WriteNumber("at", record.At.ToUnixTimeMilliseconds() / 1000m);
        writer.WriteString("source", record.Source);
        writer.WriteString("functionArn", record.FunctionArn);
        writer.WritePropertyName("event");
        WriteJsonOrText(writer, record.Event);
        switch (record.Answer)
        {
            case TriggerAnswer.Returned returned:
                writer.WritePropertyName("returned");
                WriteJsonOrText(writer, returned.Payload);
                break;
            case TriggerAnswer.Failed failed:
                writer.WriteString("failed", failed.ErrorMessage);
                break;
            case TriggerAnswer.NotInvoked not:
                writer.WriteString("notInvoked", not.Error);
                break;
            default:
                throw new InvalidOperationException("A new kind of trigger answer is not handled.");
        }

        writer.WriteEndObject();
    }

    /// <summary>What a function returns may be no JSON at all; it is shown as it came.</summary>
    private static void WriteJsonOrText(Utf8JsonWriter writer, ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            document.RootElement.WriteTo(writer);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(System.Text.Encoding.UTF8.GetString(content.Span));
        }
    }
}
