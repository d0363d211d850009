using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.Triggers;

/// <summary>The forms that members of trigger events have.</summary>
internal static class EventJson
{
    /// <summary>All values are strings, as in every event (observed).</summary>
    public static void WriteAttributes(this Utf8JsonWriter writer, string name, UserAttributes attributes)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in attributes) writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    /// <summary>An existing user: <c>sub</c> and <c>cognito:user_status</c> come first (observed).</summary>
    public static void WriteUser(this Utf8JsonWriter writer, User user)
    {
        writer.WriteStartObject("userAttributes");
        writer.WriteString("sub", user.Sub);
        writer.WriteString("cognito:user_status", user.Status);
        foreach (var (key, value) in user.Attributes) writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    /// <summary>What another provider says of somebody: all values are strings, and several are separated
    /// by commas (doc: the sample events, and handlers that split them).</summary>
    public static void WriteClaims(this Utf8JsonWriter writer, string name, JsonElement claims)
    {
        writer.WriteStartObject(name);
        foreach (var claim in claims.EnumerateObject())
            if (ClaimText.Plain(claim.Value) is { } text) writer.WriteString(claim.Name, text);
        writer.WriteEndObject();
    }

    public static void WriteMap(
        this Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string>? map)
    {
        if (map is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in map) writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    /// <summary>A flag of the answer; absent and null mean false.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException:
    /// it is neither true nor false.</exception>
    public static bool Flag(this JsonElement response, string name) => Member(response, name) switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw TriggerCaller.Invalid(),
    };

    /// <summary>A text of the answer; null for absent, null and empty.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException: it is no text.</exception>
    public static string? Text(this JsonElement response, string name) => Member(response, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        _ => throw TriggerCaller.Invalid(),
    };

    /// <summary>A map of texts of the answer; null for absent and null.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException: it is no such map.</exception>
    public static IReadOnlyDictionary<string, string>? Map(this JsonElement response, string name)
    {
        if (Member(response, name) is not { ValueKind: not JsonValueKind.Null } map) return null;
        if (map.ValueKind != JsonValueKind.Object) throw TriggerCaller.Invalid();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            if (member.Value.ValueKind != JsonValueKind.String) throw TriggerCaller.Invalid();
            texts[member.Name] = member.Value.GetString()!;
        }

        return texts;
    }

    /// <summary>As <see cref="Map"/>, where numbers and flags are taken for their texts: handlers pass on
    /// what tokens hold.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException: it is no such map.</exception>
    public static IReadOnlyDictionary<string, string>? Claims(this JsonElement response, string name)
    {
        if (response.Object(name) is not { } map) return null;
        return map.EnumerateObject().Any(static claim => IsNested(claim.Value))
            ? throw TriggerCaller.Invalid()
            : ClaimText.All(map);
    }

    private static bool IsNested(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>An object of the answer; null for absent and null.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException: it is no object.</exception>
    public static JsonElement? Object(this JsonElement response, string name) =>
        Member(response, name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.Object } inner => inner,
            _ => throw TriggerCaller.Invalid(),
        };

    /// <summary>The members of an object of the answer, whatever their types; none for absent and null. Of a
    /// name given twice the last value counts.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException: it is no object.</exception>
    public static IReadOnlyDictionary<string, JsonElement> Values(this JsonElement response, string name)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (response.Object(name) is not { } map) return values;
        foreach (var member in map.EnumerateObject()) values[member.Name] = member.Value;
        return values;
    }

    /// <summary>A list of texts of the answer; empty for absent and null.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException: it is no such list.</exception>
    public static IReadOnlyList<string> Texts(this JsonElement response, string name)
    {
        if (Member(response, name) is not { ValueKind: not JsonValueKind.Null } list) return [];
        if (list.ValueKind != JsonValueKind.Array) throw TriggerCaller.Invalid();
        return
        [
            .. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
                ? item.GetString()!
                : throw TriggerCaller.Invalid()),
        ];
    }

    /// <summary>Refuses texts that are no Unicode, of which nothing could be made.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException.</exception>
    public static void MustBeReadable(JsonElement answer)
    {
        try
        {
            Read(answer);
        }
        catch (InvalidOperationException)
        {
            throw TriggerCaller.Invalid();
        }
    }

    // The parser bounds the depth.
    private static void Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) Read(item);
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
        {
            _ = member.Name;
            Read(member.Value);
        }
    }

    private static JsonElement? Member(JsonElement response, string name) =>
        response.ValueKind == JsonValueKind.Object && response.TryGetProperty(name, out var member)
            ? member
            : null;
}
