using System.Globalization;
using System.Text.Json;

namespace Lifeguard.Domain.Federation;

/// <summary>What Google tells of a person beyond the ID token, each field as one text (doc: People
/// API).</summary>
public static class PeopleFields
{
    /// <summary>The address is given these alone: one that it does not know makes no answer.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "addresses", "ageRanges", "biographies", "birthdays", "emailAddresses", "genders", "locales",
        "locations", "names", "nicknames", "occupations", "organizations", "phoneNumbers", "photos",
        "urls",
    };

    /// <summary>Members that hold the text of an entry, the plainest first.</summary>
    private static readonly string[] Texts =
        ["canonicalForm", "value", "displayName", "formattedValue", "url", "name", "ageRange"];

    public static bool Has(string claim) => Known.Contains(claim);

    /// <summary>The claims of an answer.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(JsonElement person)
    {
        foreach (var field in person.EnumerateObject())
        {
            if (!Has(field.Name) || field.Value.ValueKind != JsonValueKind.Array) continue;
            var entries = field.Value.EnumerateArray()
                .Where(entry => entry.ValueKind == JsonValueKind.Object).ToList();
            if (entries.Count == 0) continue;
            var index = Math.Max(0, entries.FindIndex(IsPrimary));
            if (TextOf(entries[index]) is { } text) yield return new(field.Name, text);
        }
    }

    private static bool IsPrimary(JsonElement entry) =>
        entry.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("primary", out var primary) && primary.ValueKind == JsonValueKind.True;

    private static string? TextOf(JsonElement entry) =>
        Texts.Select(name => entry.Text(name)).FirstOrDefault(text => text is not null) ?? DateOf(entry);

    /// <summary>As the attribute <c>birthdate</c> has it; null for a day without its year.</summary>
    private static string? DateOf(JsonElement entry) =>
        entry.TryGetProperty("date", out var date) && date.ValueKind == JsonValueKind.Object
        && Number(date, "year") is { } year && Number(date, "month") is { } month
        && Number(date, "day") is { } day
            ? string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}")
            : null;

    private static int? Number(JsonElement date, string name) =>
        date.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var number)
            ? number
            : null;
}
