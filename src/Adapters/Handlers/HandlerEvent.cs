using System.Buffers;
using System.Text.Json;

namespace Lifeguard.Adapters.Handlers;

/// <summary>One event on its way to a handler.</summary>
/// <param name="RequestId">As the handler's context shows it.</param>
/// <param name="Remaining">How long the handler may take.</param>
internal sealed record HandlerEvent(
    string RequestId, string FunctionArn, string FunctionName, TimeSpan Remaining,
    ReadOnlyMemory<byte> Payload)
{
    /// <summary>Never prints the payload.</summary>
    public override string ToString() => nameof(HandlerEvent);

    /// <summary>As the bootstrap reads it, with a line break behind it.</summary>
    public ReadOnlyMemory<byte> Line()
    {
        var buffer = new ArrayBufferWriter<byte>(Payload.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", RequestId);
            writer.WriteString("arn", FunctionArn);
            writer.WriteString("name", FunctionName);
            writer.WriteNumber("remaining", (long)Remaining.TotalMilliseconds);
            writer.WritePropertyName("event");
            writer.WriteRawValue(Payload.Span);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
