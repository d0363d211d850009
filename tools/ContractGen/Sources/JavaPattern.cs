using Lifeguard.ContractGen.Facts;

namespace Lifeguard.ContractGen.Sources;

/// <summary>
/// The contract's patterns are Java's. There \w, \s and \S know only ASCII, and \p{S} sees characters outside
/// the basic plane (emoji), which .NET sees as two surrogates.
/// </summary>
public static class JavaPattern
{
    /// <summary>
    /// The .NET pattern that matches exactly the whole values that the shape's pattern matches.
    /// </summary>
    public static string Whole(Shape shape) => $@"\A(?:{Translated(shape.Matched ?? shape.Pattern!)})\z";

    private static string Translated(string pattern)
    {
        var translated = pattern
            .Replace(@"[\S]", @"[^ \t\n\v\f\r]", StringComparison.Ordinal)
            .Replace(@"\w", "a-zA-Z0-9_", StringComparison.Ordinal)
            .Replace(@"\s", @" \t\n\v\f\r", StringComparison.Ordinal)
            .Replace(@"\p{S}", @"\p{S}\p{Cs}", StringComparison.Ordinal);
        return translated.Contains(@"\S", StringComparison.Ordinal)
            ? throw new InvalidDataException($"Cannot translate the pattern {pattern}")
            : translated;
    }
}
