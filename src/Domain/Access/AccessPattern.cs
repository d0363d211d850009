namespace Lifeguard.Domain.Access;

/// <summary>Text with <c>*</c> (any run of characters, also none) and <c>?</c> (exactly one).</summary>
internal static class AccessPattern
{
    /// <summary>Does <paramref name="pattern"/> cover the whole of <paramref name="text"/>?</summary>
    /// <remarks>
    /// Only the last star is ever taken up again: what an earlier star swallowed may stay, because the later
    /// one can swallow the rest. So the time is at most pattern length times text length, whatever the
    /// pattern is.
    /// </remarks>
    public static bool Covers(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        int at = 0, read = 0, star = -1, resume = 0;
        while (read < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = read;
            }
            else if (at < pattern.Length && IsSame(pattern[at], text[read], ignoreCase))
            {
                at++;
                read++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                read = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }

    private static bool IsSame(char pattern, char text, bool ignoreCase) =>
        pattern == '?'
        || pattern == text
        || (ignoreCase && char.ToLowerInvariant(pattern) == char.ToLowerInvariant(text));
}
