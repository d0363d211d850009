using System.Text.Json;

namespace Lifeguard.Contract;

/// <summary>
/// What generated readers are made of. Each value method is called while the reader stands on the member's
/// name, moves onto the value, and answers null for JSON null, which counts as absent.
/// </summary>
public static class WireReader
{
    private const decimal EarliestSecond = -62135596800m;
    private const decimal LatestSecond = 253402300799m;

    /// <summary>Refuses a structure whose first token is not the start of an object.</summary>
    public static void EnterStructure(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new SerializationException();
    }

    /// <summary>Moves onto the next member's name; false at the end of the object.</summary>
    public static bool NextMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves onto the value; false when it is null.</summary>
    public static bool IsPresent(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.Null;
    }

    /// <summary>Reads a string.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : TextHere(ref reader);
    }

    /// <summary>Reads a whole number of 32 bits.</summary>
    public static int? Number(ref Utf8JsonReader reader)
    {
        if (!NextScalar(ref reader, JsonTokenType.Number))
            return null;
        return reader.TryGetInt32(out var value) ? value : throw new SerializationException();
    }

    /// <summary>Reads a whole number of 64 bits.</summary>
    public static long? LongNumber(ref Utf8JsonReader reader)
    {
        if (!NextScalar(ref reader, JsonTokenType.Number))
            return null;
        return reader.TryGetInt64(out var value) ? value : throw new SerializationException();
    }

    /// <summary>
    /// Reads true or false; the strings of that name are refused, as the service does (observed).
    /// </summary>
    public static bool? Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw Mismatch(ref reader),
        };
    }

    /// <summary>Reads an instant: seconds since 1970, of which three decimals are kept.</summary>
    public static DateTimeOffset? Instant(ref Utf8JsonReader reader)
    {
        if (!NextScalar(ref reader, JsonTokenType.Number))
            return null;
        if (!reader.TryGetDecimal(out var seconds) || seconds is < EarliestSecond or > LatestSecond)
            throw new SerializationException();
        return DateTimeOffset.FromUnixTimeMilliseconds((long)decimal.Round(seconds * 1000));
    }

    /// <summary>Reads bytes sent as base64.</summary>
    public static byte[]? Blob(ref Utf8JsonReader reader)
    {
        if (!NextScalar(ref reader, JsonTokenType.String))
            return null;
        return reader.TryGetBytesFromBase64(out var value) ? value : throw new SerializationException();
    }

    /// <summary>Reads any JSON value as it stands.</summary>
    public static JsonElement? Document(ref Utf8JsonReader reader)
    {
        if (!IsPresent(ref reader))
            return null;
        RefuseBrokenText(reader);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Reads a list of strings; null elements are dropped.</summary>
    public static IReadOnlyList<string>? TextList(ref Utf8JsonReader reader)
    {
        if (!NextContainer(ref reader, JsonTokenType.StartArray))
            return null;
        var list = new List<string>();
        while (NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.Null)
                list.Add(TextHere(ref reader));
        }
        return list;
    }

    /// <summary>Reads a list of structures; null elements are dropped.</summary>
    public static IReadOnlyList<T>? List<T>(ref Utf8JsonReader reader)
        where T : IShape<T>
    {
        if (!NextContainer(ref reader, JsonTokenType.StartArray))
            return null;
        var list = new List<T>();
        while (NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.Null)
                list.Add(T.Read(ref reader));
        }
        return list;
    }

    /// <summary>
    /// Reads a map of strings; the last of equal keys wins, entries that are null are dropped.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? TextMap(ref Utf8JsonReader reader)
    {
        if (!NextContainer(ref reader, JsonTokenType.StartObject))
            return null;
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        while (NextMember(ref reader))
        {
            var key = reader.GetString()!;
            if (Text(ref reader) is { } value)
                map[key] = value;
            else
                map.Remove(key);
        }
        return map;
    }

    /// <summary>
    /// Reads a map of structures; the last of equal keys wins, entries that are null are dropped.
    /// </summary>
    public static IReadOnlyDictionary<string, T>? Map<T>(ref Utf8JsonReader reader)
        where T : IShape<T>
    {
        if (!NextContainer(ref reader, JsonTokenType.StartObject))
            return null;
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        while (NextMember(ref reader))
        {
            var key = reader.GetString()!;
            if (IsPresent(ref reader))
                map[key] = T.Read(ref reader);
            else
                map.Remove(key);
        }
        return map;
    }

    private static bool NextElement(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    private static bool NextScalar(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return false;
        return reader.TokenType == expected ? true : throw Mismatch(ref reader);
    }

    private static bool NextContainer(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return false;
        return reader.TokenType == expected ? true : throw new SerializationException();
    }

    private static string TextHere(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Mismatch(ref reader);

    private static SerializationException Mismatch(ref Utf8JsonReader reader) =>
        new(IsStart(reader.TokenType) ? SerializationException.UnexpectedStart : null);

    private static bool IsStart(JsonTokenType token) =>
        token is JsonTokenType.StartObject or JsonTokenType.StartArray;

    // A JsonElement decodes its strings only when asked, far from here; broken UTF-8 must fail as bad input.
    private static void RefuseBrokenText(Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                _ = reader.GetString();
        }
        while ((reader.CurrentDepth > depth || IsStart(reader.TokenType)) && reader.Read());
    }
}
