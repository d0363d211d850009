using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lifeguard.Contract;

/// <summary>Whole bodies of AWS JSON 1.1: the only way in and out for shapes.</summary>
public static class WireBody
{
    /// <summary>How deep a body may nest, members unknown to the contract included.</summary>
    public const int MaxDepth = 64;

    // The default encoder would write ' and + as \u0027 and \u002B, which the service does not.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        SkipValidation = true,
    };

    /// <summary>
    /// Reads the input of an operation. JSON null is a request without members, and so is an empty body where
    /// no member is required. Throws <see cref="SerializationException"/> for everything else that is not an
    /// object with values of the types the contract names.
    /// </summary>
    public static T ReadRequest<T>(ReadOnlySpan<byte> body)
        where T : IRequest<T>
    {
        var isBlank = body.IndexOfAnyExcept(" \t\r\n"u8) < 0;
        return isBlank && !T.NeedsBody ? Read<T>("{}"u8) : Read<T>(body);
    }

    /// <summary>
    /// Reads one structure, which must be the whole text; JSON null is a structure without members.
    /// </summary>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : IShape<T>
    {
        if (json.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            throw new SerializationException(SerializationException.ExpectedMap);
        try
        {
            return ReadWhole<T>(json);
        }
        // InvalidOperationException is how Utf8JsonReader reports text that is no valid UTF-8 or UTF-16.
        catch (Exception broken)
            when (broken is JsonException or InvalidOperationException or FormatException)
        {
            throw new SerializationException();
        }
    }

    /// <summary>
    /// Writes a structure as compact JSON. <see cref="NoContent"/> leaves the output empty.
    /// </summary>
    public static void Write(IBufferWriter<byte> output, IShape shape)
    {
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        shape.Write(writer);
    }

    /// <summary>A structure as compact UTF-8 JSON.</summary>
    public static byte[] ToBytes(IShape shape)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, shape);
        return output.WrittenSpan.ToArray();
    }

    private static T ReadWhole<T>(ReadOnlySpan<byte> json)
        where T : IShape<T>
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            RefuseMore(ref reader);
            return Read<T>("{}"u8);
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new SerializationException(SerializationException.ExpectedMap);
        var shape = T.Read(ref reader);
        RefuseMore(ref reader);
        return shape;
    }

    private static void RefuseMore(ref Utf8JsonReader reader)
    {
        if (reader.Read())
            throw new SerializationException();
    }
}
