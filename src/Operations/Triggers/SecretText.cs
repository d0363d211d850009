using System.Buffers;
using System.Text.Json;

namespace Lifeguard.Operations.Triggers;

/// <summary>Takes a secret out of JSON that somebody else wrote.</summary>
internal static class SecretText
{
    /// <summary>The JSON with the secret replaced in every text that holds it. What is no JSON is withheld
    /// whole.</summary>
    public static ReadOnlyMemory<byte> Masked(ReadOnlyMemory<byte> json, string secret, string mask)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        try
        {
            using var document = JsonDocument.Parse(json);
            using var writer = new Utf8JsonWriter(buffer);
            Write(document.RootElement, writer, Replace);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return "\"(withheld)\""u8.ToArray();
        }

        return buffer.WrittenMemory;

        string Replace(string text) => text.Replace(secret, mask, StringComparison.Ordinal);
    }

    // The parser bounds the depth.
    private static void Write(JsonElement element, Utf8JsonWriter writer, Func<string, string> replace)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(replace(member.Name));
                    Write(member.Value, writer, replace);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, writer, replace);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(replace(element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
