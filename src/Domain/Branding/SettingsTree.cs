using System.Text.Json;

namespace Lifeguard.Domain.Branding;

/// <summary>Settings with an answer to every question: where a value is not of its kind, that of
/// <paramref name="defaults"/> is taken.</summary>
internal sealed class SettingsTree(JsonElement settings, JsonElement defaults)
{
    /// <summary>No list that a page shows is longer.</summary>
    private const int MaxWords = 1000;

    public ThemeColor Color(string path) =>
        ThemeColor.Parse(TextAt(settings, path)) ?? ThemeColor.Parse(TextAt(defaults, path))!.Value;

    public double Number(string path) => NumberAt(settings, path) ?? NumberAt(defaults, path)!.Value;

    public bool Flag(string path) => StyleSettings.At(settings, path)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => StyleSettings.At(defaults, path)?.ValueKind == JsonValueKind.True,
    };

    public string? Word(string path) => TextAt(settings, path);

    /// <summary>The texts in a list, however deep they lie in it.</summary>
    /// <param name="member">Of the objects in the list, which then hold the texts.</param>
    public IReadOnlyList<string> Words(string path, string? member = null)
    {
        var words = new List<string>();
        if (StyleSettings.At(settings, path) is { } list) Collect(list, member, words);
        return words;
    }

    private static void Collect(JsonElement element, string? member, List<string> words)
    {
        if (words.Count >= MaxWords) return;
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Collect(item, member, words);
                break;
            case JsonValueKind.Object when member is not null:
                if (TextAt(element, member) is { } named) words.Add(named);
                break;
            case JsonValueKind.String when member is null:
                words.Add(element.GetString()!);
                break;
        }
    }

    private static string? TextAt(JsonElement tree, string path) =>
        StyleSettings.At(tree, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? NumberAt(JsonElement tree, string path) =>
        StyleSettings.At(tree, path) is { ValueKind: JsonValueKind.Number } number
        && double.IsFinite(number.GetDouble())
            ? number.GetDouble()
            : null;
}
