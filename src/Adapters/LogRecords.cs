using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Lines as they leave: each a JSON object in one line, <c>{"destination","stream","message"}</c>. What is a
/// JSON object already stands in it as it is, anything else as a text.
/// </summary>
internal static class LogRecords
{
    private static readonly JsonWriterOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All lines of the batch, each with a line break at its end (newline-delimited JSON).</summary>
    public static ReadOnlyMemory<byte> Of(LogBatch batch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        foreach (var line in batch.Lines)
        {
            json.WriteStartObject();
            json.WriteString("destination", batch.Destination);
            json.WriteString("stream", batch.Stream);
            json.WritePropertyName("message");
            if (IsObject(line)) json.WriteRawValue(line, skipInputValidation: true);
            else json.WriteStringValue(line);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A line break inside would make two records of one.</summary>
    private static bool IsObject(string line)
    {
        if (!line.StartsWith('{') || line.AsSpan().ContainsAny('\r', '\n')) return false;
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
