using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lifeguard.Domain.Federation;

/// <summary>The one text that a claim becomes as an attribute.</summary>
public static class ClaimText
{
    /// <summary>The claims of an object that have a text, by their names.</summary>
    public static Dictionary<string, string> All(JsonElement document)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in document.EnumerateObject())
            if (Of(member.Value) is { } text) texts[member.Name] = text;
        return texts;
    }

    /// <summary>The text; null where there is no value.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => List(value.EnumerateArray().Select(Of).OfType<string>()),
        _ => value.GetRawText(),
    };

    /// <summary>As <see cref="Of"/>, but several values as they are, with commas between them.</summary>
    public static string? Plain(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join(',', value.EnumerateArray().Select(Of).OfType<string>())
        : Of(value);

    /// <summary>Several values as one text, such as <c>[a, b%20c]</c>: what is not a plain character is
    /// percent-encoded, so that the values can be told apart (doc). Null for none.</summary>
    public static string? List(IEnumerable<string> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            text.Append(text.Length == 0 ? "[" : ", ");
            foreach (var one in Encoding.UTF8.GetBytes(value))
            {
                if (IsPlain((char)one)) text.Append((char)one);
                else text.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            }
        }

        return text.Length == 0 ? null : text.Append(']').ToString();
    }

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '*' or '_';
}
