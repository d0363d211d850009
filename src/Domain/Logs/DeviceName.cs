namespace Lifeguard.Domain.Logs;

/// <summary>A device in a few words, as events name it: <c>Chrome 126, Windows 10</c>, and <c>Other</c> for
/// what is not known (doc: examples).</summary>
public static class DeviceName
{
    private const string Unknown = "Other";
    private const int LongestVersion = 5;

    /// <summary>The more special marks come first: nearly every browser also calls itself Chrome, Safari and
    /// Mozilla.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Version/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows NT 10", "Windows 10"), ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"),
        ("iPad", "iOS"), ("Mac OS X", "Mac OS X"), ("Linux", "Linux"),
    ];

    /// <summary>The name for what a client says of itself; bounded, whatever it says.</summary>
    public static string Of(string userAgent) =>
        $"{BrowserOf(userAgent) ?? Unknown}, {SystemOf(userAgent) ?? Unknown}";

    /// <summary>The name as sessions show it: <c>Chrome 125 / Windows 10</c>, what is known of it, and
    /// <c>unknown</c> for nothing (doc: examples).</summary>
    public static string OfSession(string userAgent) =>
        string.Join(" / ", ((string?[])[BrowserOf(userAgent), SystemOf(userAgent)]).OfType<string>())
            is { Length: > 0 } known
            ? known
            : "unknown";

    /// <summary>What is known in a name that <see cref="Of"/> has given; null for nothing.</summary>
    public static string? Known(string name) =>
        string.Join(", ", name.Split(", ").Where(part => part.Length > 0 && part != Unknown))
            is { Length: > 0 } known
            ? known
            : null;

    private static string? BrowserOf(string userAgent)
    {
        foreach (var (mark, name) in Browsers)
        {
            var start = userAgent.IndexOf(mark, StringComparison.Ordinal);
            if (start < 0) continue;
            var version = userAgent.AsSpan(start + mark.Length);
            var length = version.IndexOfAnyExceptInRange('0', '9');
            if (length < 0) length = version.Length;
            return length is > 0 and <= LongestVersion ? $"{name} {version[..length]}" : name;
        }

        return null;
    }

    private static string? SystemOf(string userAgent)
    {
        foreach (var (mark, name) in Systems)
        {
            if (userAgent.Contains(mark, StringComparison.Ordinal)) return name;
        }

        return null;
    }
}
