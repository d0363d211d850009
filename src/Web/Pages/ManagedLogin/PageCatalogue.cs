using System.Text.Json;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>The words of the pages in all their languages. An administrator may replace any of
/// them.</summary>
public sealed class PageCatalogue
{
    private const int LongestText = 1000;

    private static readonly Lazy<Dictionary<string, string>> English =
        new(() => Own(PageLanguage.English.Tag));

    private readonly Dictionary<string, Lazy<PageTexts>> byLanguage;

    private PageCatalogue(Dictionary<string, Dictionary<string, string>> replaced) =>
        byLanguage = PageLanguage.All.ToDictionary(
            language => language.Tag,
            language => new Lazy<PageTexts>(
                () => Compose(language, replaced.GetValueOrDefault(language.Tag))));

    /// <summary>Nothing is replaced.</summary>
    public static PageCatalogue Default { get; } = new([]);

    /// <summary>Reads what is replaced: <c>{ language: { key: text } }</c>, with the languages and keys of
    /// the program's own catalogue. A text has the places for values that the replaced one has.</summary>
    /// <exception cref="FormatException">It is no such document; the message tells where.</exception>
    public static PageCatalogue Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var replaced = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
            foreach (var language in Members(document.RootElement, "the file"))
            {
                if (PageLanguage.All.All(known => known.Tag != language.Name))
                    throw new FormatException($"There is no language {language.Name}.");
                replaced[language.Name] = Members(language.Value, language.Name).ToDictionary(
                    text => text.Name, text => Checked(text, $"{language.Name}/{text.Name}"));
            }

            return new(replaced);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"It is no JSON: {broken.Message}", broken);
        }
    }

    /// <summary>The words in a language.</summary>
    internal PageTexts In(PageLanguage language) => byLanguage[language.Tag].Value;

    /// <summary>The program's own words, by key.</summary>
    internal static Dictionary<string, string> Own(string tag)
    {
        using var document = JsonDocument.Parse(EmbeddedFile.Read($"Texts/{tag}.json"));
        return document.RootElement.EnumerateObject()
            .ToDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal);
    }

    /// <summary>The places for values in a text: what stands in braces.</summary>
    internal static IReadOnlySet<string> Places(string text)
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            if (text.IndexOf('}', open) is var close and > 0) places.Add(text[(open + 1)..close]);
        }

        return places;
    }

    private static PageTexts Compose(PageLanguage language, Dictionary<string, string>? replaced)
    {
        var texts = Own(language.Tag);
        foreach (var (key, text) in replaced ?? []) texts[key] = text;
        return new(language, texts);
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
            : throw new FormatException($"{place}: an object is expected.");

    private static string Checked(JsonProperty member, string place)
    {
        if (!English.Value.TryGetValue(member.Name, out var own))
            throw new FormatException($"{place}: there is no such text.");
        var isText = member.Value.ValueKind == JsonValueKind.String;
        if (!isText || member.Value.GetString() is not { Length: > 0 and <= LongestText } text)
        {
            throw new FormatException($"{place}: a text of 1 to {LongestText} characters is expected.");
        }

        var places = Places(own);
        return Places(text).SetEquals(places)
            ? text
            : throw new FormatException(places.Count == 0
                ? $"{place}: there is no value to put into this text."
                : $"{place}: the text has to hold {{{string.Join("}, {", places)}}}.");
    }
}
