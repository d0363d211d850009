using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>
/// The settings of a style: a tree whose members the service names. What is known of them is checked; what is
/// not is kept as it is, since the service has more of them every year.
/// </summary>
public static class StyleSettings
{
    /// <summary>Our own bound; a style that names every member has 10 kB.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The settings of a style that customises nothing.</summary>
    public static JsonElement None { get; } = Parse("{}");

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>As it is stored.</summary>
    public static string ToText(JsonElement settings) =>
        Encoding.UTF8.GetString(ToBytes(writer => settings.WriteTo(writer)).Span);

    /// <summary>Refuses settings of which a known member is not what it has to be.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(JsonElement settings)
    {
        if (settings.ValueKind != JsonValueKind.Object)
            throw BrandingRefusals.Settings("Settings must be an object.");
        if (ToBytes(writer => settings.WriteTo(writer)).Length > MaxBytes)
            throw BrandingRefusals.Settings($"Settings can have {MaxBytes} bytes.");
        Check(settings, "");
    }

    /// <summary><paramref name="below"/> with what <paramref name="above"/> has instead: objects member by
    /// member, everything else as a whole.</summary>
    public static JsonElement Merge(JsonElement below, JsonElement above)
    {
        using var document = JsonDocument.Parse(ToBytes(writer => WriteMerged(writer, below, above)));
        return document.RootElement.Clone();
    }

    /// <summary>What stands at a path such as <c>components.form.borderRadius</c>; null for
    /// nothing.</summary>
    public static JsonElement? At(JsonElement settings, string path)
    {
        foreach (var member in path.Split('.'))
        {
            if (settings.ValueKind != JsonValueKind.Object) return null;
            if (!settings.TryGetProperty(member, out settings)) return null;
        }

        return settings;
    }

    private static void Check(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    var at = path.Length > 0 ? $"{path}.{member.Name}" : member.Name;
                    CheckMember(member, at);
                    Check(member.Value, at);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Check(item, path);
                break;
        }
    }

    /// <summary>The service's names say what a member is, wherever it stands.</summary>
    private static void CheckMember(JsonProperty member, string path)
    {
        var value = member.Value;
        var problem = member.Name switch
        {
            "color" => ColorProblem(value),
            _ when member.Name.EndsWith("Color", StringComparison.Ordinal) => ColorProblem(value),
            "enabled" or "displayGraphics" when value.ValueKind is not (JsonValueKind.True
                or JsonValueKind.False) => "must be true or false",
            "borderRadius" when value.ValueKind != JsonValueKind.Number || value.GetDouble() < 0 =>
                "must be a number of pixels",
            "colorSchemeMode" when !ColorSchemeModeType.All.Contains(TextOf(value)) =>
                $"must be one of {string.Join(", ", ColorSchemeModeType.All)}",
            _ => null,
        };
        if (problem is not null) throw BrandingRefusals.Settings($"{path} {problem}.");
    }

    private static string? ColorProblem(JsonElement value) => ThemeColor.Parse(TextOf(value)) is null
        ? "must be a color of eight hexadecimal digits, such as 0972d3ff"
        : null;

    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteMerged(Utf8JsonWriter writer, JsonElement below, JsonElement above)
    {
        if (below.ValueKind != JsonValueKind.Object || above.ValueKind != JsonValueKind.Object)
        {
            above.WriteTo(writer);
            return;
        }

        var (lower, upper) = (Members(below), Members(above));
        writer.WriteStartObject();
        foreach (var (name, value) in lower)
        {
            writer.WritePropertyName(name);
            if (upper.Remove(name, out var instead)) WriteMerged(writer, value, instead);
            else value.WriteTo(writer);
        }

        foreach (var (name, value) in upper)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Of equal names the last counts.</summary>
    private static OrderedDictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject()) members[member.Name] = member.Value;
        return members;
    }

    private static ReadOnlyMemory<byte> ToBytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact)) write(writer);
        return buffer.WrittenMemory;
    }
}
