using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Storage;

/// <summary>
/// Values as they stand in index keys. PostgreSQL refuses keys of more than about 2,700 bytes and text with a
/// zero character, so neither may get that far.
/// </summary>
internal static class KeyText
{
    /// <summary>Longest key in UTF-16 units: at most 1,536 bytes, and well above the 256 characters a filter
    /// may have, so that cutting never changes what a filter finds.</summary>
    public const int MaxLength = 512;

    /// <summary>Folded for case-insensitive search and cut to <see cref="MaxLength"/>.</summary>
    public static string ForSearch(string value)
    {
        var folded = value.Replace("\0", "", StringComparison.Ordinal).ToLowerInvariant();
        if (folded.Length <= MaxLength) return folded;
        // Half a surrogate pair is no text.
        return char.IsHighSurrogate(folded[MaxLength - 1]) ? folded[..(MaxLength - 1)] : folded[..MaxLength];
    }

    /// <summary>A user name or alias itself, or its hash where it cannot be a key: different values stay
    /// different.</summary>
    public static string ForName(string value) => value.Length <= MaxLength && !value.Contains('\0')
        ? value
        : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
