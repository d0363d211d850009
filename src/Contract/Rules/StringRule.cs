using System.Text.RegularExpressions;

namespace Lifeguard.Contract;

/// <summary>The bounds of a named string shape. Lengths count Unicode code points.</summary>
public sealed class StringRule
{
    private readonly Func<Regex>? pattern;
    private readonly string[] words;

    /// <summary>
    /// Bounds a string. <paramref name="printed"/> is the pattern as the service prints it,
    /// <paramref name="pattern"/> what a whole value is matched with.
    /// </summary>
    public StringRule(
        int? min = null,
        int? max = null,
        string? printed = null,
        Func<Regex>? pattern = null,
        IReadOnlyList<string>? values = null,
        bool sensitive = false)
    {
        Min = min ?? 0;
        Max = max ?? int.MaxValue;
        Values = values;
        IsSensitive = sensitive;
        this.pattern = pattern;
        words = [.. LengthWords.Of(min, max), .. PatternWords(printed), .. EnumWords(values)];
    }

    /// <summary>The fewest code points.</summary>
    public int Min { get; }

    /// <summary>The most code points.</summary>
    public int Max { get; }

    /// <summary>The only values allowed, in the model's order, or null where any are.</summary>
    public IReadOnlyList<string>? Values { get; }

    /// <summary>Whether the value must never be repeated in a message or a log.</summary>
    public bool IsSensitive { get; }

    /// <summary>
    /// All constraints in the service's words, as violations inside lists and maps print them.
    /// </summary>
    internal string AllWords => $"[{string.Join(", ", words)}]";

    /// <summary>Whether the value keeps to all bounds.</summary>
    public bool Accepts(string value) => FitsLength(value) && FitsPattern(value) && FitsEnum(value);

    internal void Check(string value, in MemberPath path, string member, Violations violations, bool conceal)
    {
        if (!Accepts(value))
            Report(value, path.Of(member), violations, conceal);
    }

    internal void Report(string value, string printedPath, Violations violations, bool conceal)
    {
        var printed = conceal || IsSensitive ? null : value;
        if (!FitsLength(value))
            violations.Report(printed, printedPath, LengthWords.Broken(CodePoints(value), Min, Max));
        if (!FitsPattern(value))
            violations.Report(printed, printedPath, words[^(Values is null ? 1 : 2)]);
        if (!FitsEnum(value))
            violations.Report(printed, printedPath, words[^1]);
    }

    private bool FitsLength(string value)
    {
        // A code point is one or two chars, so most values need no counting.
        if (value.Length <= Max && (value.Length + 1) / 2 >= Min)
            return true;
        var length = CodePoints(value);
        return length >= Min && length <= Max;
    }

    private bool FitsPattern(string value)
    {
        if (pattern is null)
            return true;
        try
        {
            return pattern().IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private bool FitsEnum(string value) => Values is null || Values.Contains(value, StringComparer.Ordinal);

    private static int CodePoints(string value)
    {
        var count = value.Length;
        for (var i = 1; i < value.Length; i++)
        {
            if (char.IsSurrogatePair(value[i - 1], value[i]))
                count--;
        }
        return count;
    }

    private static string[] PatternWords(string? printed) =>
        printed is null ? [] : [$"Member must satisfy regular expression pattern: {printed}"];

    private static string[] EnumWords(IReadOnlyList<string>? values) =>
        values is null ? [] : [$"Member must satisfy enum value set: [{string.Join(", ", values)}]"];
}
