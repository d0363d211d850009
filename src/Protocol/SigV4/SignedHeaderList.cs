using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Lifeguard.Protocol.SigV4;

/// <summary>The semicolon-separated names of the headers that a signature covers.</summary>
internal static class SignedHeaderList
{
    private const int MaxCount = 50;
    private const int MaxNameLength = 100;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>
    /// False when a name is empty, over-long, not lower-case or given twice, or there are over 50.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<string>? names)
    {
        names = null;
        var parts = text.Split(';', MaxCount + 1);
        if (parts.Length > MaxCount)
            return false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in parts)
        {
            if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters))
                return false;
            if (!seen.Add(name))
                return false;
        }
        names = parts;
        return true;
    }
}
