namespace Lifeguard.Contract;

/// <summary>
/// The bounds of a map: how many entries, what keys and, where they are strings, what values.
/// </summary>
public sealed class MapRule(
    int min = 0,
    int max = int.MaxValue,
    StringRule? key = null,
    StringRule? value = null,
    bool sensitive = false)
{
    /// <summary>The fewest entries.</summary>
    public int Min => min;

    /// <summary>The most entries.</summary>
    public int Max => max;

    internal void Check<T>(
        IReadOnlyDictionary<string, T> map, in MemberPath path, string member, Violations violations)
        where T : class
    {
        if (map.Count < min || map.Count > max)
            violations.Report(Printed(map), path.Of(member), LengthWords.Broken(map.Count, min, max));
        if (key is not null && !map.All(entry => key.Accepts(entry.Key)))
            violations.Report(
                Printed(map), path.Of(member), $"Map keys must satisfy constraint: {key.AllWords}");
        if (value is not null)
            CheckValues(map, path, member, violations);
    }

    private void CheckValues<T>(
        IReadOnlyDictionary<string, T> map, in MemberPath path, string member, Violations violations)
    {
        foreach (var (name, entry) in map)
        {
            if (violations.Count == Violations.Limit)
                return;
            if (entry is string text && !value!.Accepts(text))
                value.Report(text, path.Entry(member, name).Of(), violations, sensitive);
        }
    }

    private string? Printed<T>(IReadOnlyDictionary<string, T> map) =>
        sensitive ? null : PrintedValue.Of(map);
}
