using System.Text;

namespace Lifeguard.Storage;

/// <summary>
/// Keys from <paramref name="From"/> up to, but without, <paramref name="To"/>, in the order of code points:
/// that is how both databases compare UTF-8. (UTF-16, as .NET compares, puts surrogates before U+E000 and
/// differs.)
/// </summary>
internal readonly record struct KeyRange(string From, string To)
{
    private const int Last = 0x10FFFF;

    // Above every key, since this is longer than the longest one in code points.
    private static readonly string Above =
        string.Concat(Enumerable.Repeat(char.ConvertFromUtf32(Last), KeyText.MaxLength));

    /// <summary>Every key.</summary>
    public static readonly KeyRange All = new("", Above);

    public static KeyRange Exactly(string key) => new(key, Successor(key));

    public static KeyRange StartingWith(string prefix)
    {
        var points = prefix.EnumerateRunes().ToList();
        while (points.Count > 0 && points[^1].Value == Last) points.RemoveAt(points.Count - 1);
        if (points.Count == 0) return new(prefix, Above);
        points[^1] = Next(points[^1]);
        return new(prefix, string.Concat(points));
    }

    /// <summary>The first key after <paramref name="key"/>; no key holds a zero character.</summary>
    public static string Successor(string key) => key + "\u0001";

    private static Rune Next(Rune point) => new(point.Value == 0xD7FF ? 0xE000 : point.Value + 1);
}
