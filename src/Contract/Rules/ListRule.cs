namespace Lifeguard.Contract;

/// <summary>The bounds of a list, and of its elements where they are strings.</summary>
public sealed class ListRule(int min = 0, int max = int.MaxValue, StringRule? element = null)
{
    /// <summary>The fewest elements.</summary>
    public int Min => min;

    /// <summary>The most elements.</summary>
    public int Max => max;

    /// <summary>What each string must keep to; null where elements are structures or unbounded.</summary>
    public StringRule? Element => element;

    internal void Check<T>(IReadOnlyList<T> list, in MemberPath path, string member, Violations violations)
        where T : class
    {
        var fits = list.Count >= min && list.Count <= max;
        var accepted = element is null || AllAccepted(list);
        if (fits && accepted)
            return;

        var printed = element is { IsSensitive: true } ? null : PrintedValue.Of(list);
        if (!fits)
            violations.Report(printed, path.Of(member), LengthWords.Broken(list.Count, min, max));
        // Elements are not reported one by one: the service prints the whole list once (observed).
        if (!accepted)
            violations.Report(
                printed, path.Of(member), $"Member must satisfy constraint: {element!.AllWords}");
    }

    private bool AllAccepted<T>(IReadOnlyList<T> list)
        where T : class
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is string text && !element!.Accepts(text))
                return false;
        }
        return true;
    }
}
