using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Contract;

namespace Lifeguard.Storage;

/// <summary>JSON as it stands in columns and in sealed values.</summary>
internal static class Documents
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToText(IShape shape) => Encoding.UTF8.GetString(WireBody.ToBytes(shape));

    public static T FromText<T>(string text)
        where T : IShape<T> => WireBody.Read<T>(Encoding.UTF8.GetBytes(text));

    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static string ToText(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(ToBytes(write));

    /// <summary>Reads a document with <paramref name="read"/>, which must not keep the element.</summary>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(json);
        return read(document.RootElement);
    }

    public static T Read<T>(string json, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(json);
        return read(document.RootElement);
    }

    public static string Text(this JsonElement element, string member) =>
        element.GetProperty(member).GetString()!;

    public static string? TextOrNull(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString() : null;

    public static DateTimeOffset Instant(this JsonElement element, string member) =>
        DateTimeOffset.FromUnixTimeMilliseconds(element.GetProperty(member).GetInt64());

    public static IReadOnlyList<string> Texts(this JsonElement element, string member) =>
        [.. element.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];

    public static void WriteTexts(this Utf8JsonWriter writer, string member, IEnumerable<string> values)
    {
        writer.WriteStartArray(member);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    public static void WriteInstant(this Utf8JsonWriter writer, string member, DateTimeOffset value) =>
        writer.WriteNumber(member, value.ToUnixTimeMilliseconds());
}
