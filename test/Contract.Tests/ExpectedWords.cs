using System.Text.Json.Nodes;

namespace Lifeguard.Contract.Tests;

/// <summary>What the service would say about a value, worked out from the facts alone.</summary>
internal static class ExpectedWords
{
    private const string Value = "Member must have value";

    public static string Message(params IReadOnlyList<string> entries) => entries.Count == 1
        ? $"1 validation error detected: {entries[0]}"
        : $"{entries.Count} validation errors detected: {string.Join("; ", entries)}";

    public static string Missing(string path) => Entry("null", path, "Member must not be null");

    public static IEnumerable<string> OfText(string shape, string path, string text, bool conceal = false)
    {
        var value = conceal || Facts.IsSensitive(shape) ? null : Quoted(text);
        return Broken(shape, text).Select(constraint => Entry(value, path, constraint));
    }

    public static IEnumerable<string> OfNumber(string shape, string path, long number)
    {
        var value = Quoted($"{number}");
        if (number < Facts.Min(shape))
            yield return Entry(value, path, $"{Value} greater than or equal to {Facts.Min(shape)}");
        if (number > Facts.Max(shape))
            yield return Entry(value, path, $"{Value} less than or equal to {Facts.Max(shape)}");
    }

    /// <summary>What is said about a list of strings.</summary>
    public static IEnumerable<string> OfList(string shape, string path, JsonArray list, string printed)
    {
        foreach (var constraint in Length(shape, list.Count))
            yield return Entry(Quoted(printed), path, constraint);
        var element = (string)Facts.Shape(shape)["element"]!;
        if (Facts.Kind(element) == "string" && list.Any(text => Broken(element, (string)text!).Any()))
            yield return Entry(Quoted(printed), path, $"Member must satisfy constraint: {All(element)}");
    }

    public static IEnumerable<string> Length(string shape, int length)
    {
        if (length < Facts.Min(shape))
            yield return $"Member must have length greater than or equal to {Facts.Min(shape)}";
        if (length > Facts.Max(shape))
            yield return $"Member must have length less than or equal to {Facts.Max(shape)}";
    }

    /// <summary>All constraints of a string shape, as they are printed for elements and keys.</summary>
    public static string All(string shape)
    {
        var words = new List<string>();
        if (Facts.Max(shape) is { } max)
            words.Add($"Member must have length less than or equal to {max}");
        if (Facts.Min(shape) is { } min and > 0)
            words.Add($"Member must have length greater than or equal to {min}");
        if (Facts.Pattern(shape) is { } pattern)
            words.Add($"Member must satisfy regular expression pattern: {pattern}");
        if (Facts.Values(shape) is { } values)
            words.Add($"Member must satisfy enum value set: [{string.Join(", ", values)}]");
        return $"[{string.Join(", ", words)}]";
    }

    public static string Entry(string? value, string path, string constraint)
    {
        var shown = value is null ? "" : $" {value}";
        return $"Value{shown} at '{path}' failed to satisfy constraint: {constraint}";
    }

    public static string Quoted(string text) => $"'{(text.Length > 256 ? text[..256] : text)}'";

    private static IEnumerable<string> Broken(string shape, string text)
    {
        foreach (var constraint in Length(shape, text.Length))
            yield return constraint;
        if (!Samples.Matches(shape, text))
            yield return $"Member must satisfy regular expression pattern: {Facts.Pattern(shape)}";
        if (Facts.Values(shape) is { } values && !values.Contains(text))
            yield return $"Member must satisfy enum value set: [{string.Join(", ", values)}]";
    }
}
