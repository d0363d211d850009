using System.Globalization;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Dev;

/// <summary>Durations as ISO 8601 writes them. Years and months have no fixed length and are not
/// taken.</summary>
internal static partial class IsoDuration
{
    /// <summary>Longer ones are refused: a thousand years.</summary>
    public const long MaxSeconds = 1000L * 366 * 24 * 3600;

    private const int Longest = 64;

    /// <summary>Such as <c>PT1H</c>, <c>P1DT12H</c>, <c>P2W</c>, <c>-PT30S</c>; null for anything
    /// else.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length > Longest || Form().Match(text) is not { Success: true } match) return null;
        var seconds = (Part(match, "w") * 7 * 24 * 3600) + (Part(match, "d") * 24 * 3600)
            + (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s");
        if (seconds >= MaxSeconds) return null;
        return TimeSpan.FromMilliseconds((long)(seconds * 1000) * (text[0] == '-' ? -1 : 1));
    }

    private static decimal Part(Match match, string name) => match.Groups[name] is { Success: true } group
        ? decimal.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        : 0;

    // At least one part, and none missing after the T.
    [GeneratedRegex(
        @"\A-?P(?=[0-9T])(?:(?<w>[0-9]{1,12})W)?(?:(?<d>[0-9]{1,12})D)?"
        + @"(?:T(?=[0-9])(?:(?<h>[0-9]{1,12})H)?(?:(?<m>[0-9]{1,12})M)?"
        + @"(?:(?<s>[0-9]{1,12}(?:\.[0-9]{1,3})?)S)?)?\z")]
    private static partial Regex Form();
}
