using System.Text.Json;

namespace Lifeguard.Contract;

/// <summary>
/// What generated writers are made of: one overload per kind of member; null members are left out.
/// </summary>
public static class WireWriter
{
    /// <summary>Writes a string member.</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    /// <summary>Writes a 32-bit whole number.</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    /// <summary>Writes a 64-bit whole number.</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    /// <summary>Writes true or false.</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } flag)
            writer.WriteBoolean(name, flag);
    }

    /// <summary>Writes an instant as seconds since 1970 with one to three decimals (observed).</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } instant)
            writer.WriteNumber(name, EpochSeconds(instant));
    }

    /// <summary>Writes bytes as base64 with padding.</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, byte[]? value)
    {
        if (value is not null)
            writer.WriteBase64String(name, value);
    }

    /// <summary>Writes a document as it stands.</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is not { } document)
            return;
        writer.WritePropertyName(name);
        document.WriteTo(writer);
    }

    /// <summary>Writes a structure.</summary>
    public static void Member(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IShape? value)
    {
        if (value is null)
            return;
        writer.WritePropertyName(name);
        value.Write(writer);
    }

    /// <summary>Writes a list of strings.</summary>
    public static void Member(
        this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? value)
    {
        if (value is null)
            return;
        writer.WriteStartArray(name);
        foreach (var element in value)
            writer.WriteStringValue(element);
        writer.WriteEndArray();
    }

    /// <summary>Writes a list of structures.</summary>
    public static void Member(
        this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<IShape>? value)
    {
        if (value is null)
            return;
        writer.WriteStartArray(name);
        foreach (var element in value)
            element.Write(writer);
        writer.WriteEndArray();
    }

    /// <summary>Writes a map of strings.</summary>
    public static void Member(
        this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string>? value)
    {
        if (value is null)
            return;
        writer.WriteStartObject(name);
        foreach (var (key, entry) in value)
            writer.WriteString(key, entry);
        writer.WriteEndObject();
    }

    /// <summary>Writes a map of structures.</summary>
    public static void Member<T>(
        this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, T>? value)
        where T : IShape
    {
        if (value is null)
            return;
        writer.WriteStartObject(name);
        foreach (var (key, entry) in value)
        {
            writer.WritePropertyName(key);
            entry.Write(writer);
        }
        writer.WriteEndObject();
    }

    // The scale of a decimal decides how many decimals are printed: 1715100742.0, 1726694203.495.
    private static decimal EpochSeconds(DateTimeOffset instant)
    {
        var milliseconds = instant.ToUnixTimeMilliseconds();
        var (value, scale) = (milliseconds % 100, milliseconds % 10) switch
        {
            (0, _) => (milliseconds / 100, (byte)1),
            (_, 0) => (milliseconds / 10, (byte)2),
            _ => (milliseconds, (byte)3),
        };
        var bits = (ulong)Math.Abs(value);
        return new decimal((int)bits, (int)(bits >> 32), 0, value < 0, scale);
    }
}
