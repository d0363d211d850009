using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Domain.Risk;

/// <summary>
/// A password's place among those that are known to be in circulation. Whoever keeps them is only told the
/// first five hex digits of its SHA-1 hash, which hundreds of passwords share, and answers with the rest of
/// all hashes that begin so (range API of Have I Been Pwned).
/// </summary>
public sealed class PasswordRange
{
    /// <summary>Hex digits that are told.</summary>
    public const int PrefixLength = 5;

    private const int HashLength = 40;

    private readonly string rest;

    private PasswordRange(string hash) => (Prefix, rest) = (hash[..PrefixLength], hash[PrefixLength..]);

    /// <summary>What is asked for, in upper case.</summary>
    public string Prefix { get; }

    public static PasswordRange Of(string password)
    {
#pragma warning disable CA5350 // The range API is built upon SHA-1; nothing is protected by it.
        return new(Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password))));
#pragma warning restore CA5350 // See above.
    }

    /// <summary>Is the password among those of an answer?</summary>
    /// <param name="range">Lines with the rest of a hash, a colon, and how often it was seen. A count of zero
    /// is padding, and lines that are anything else say nothing.</param>
    public bool IsIn(string range)
    {
        foreach (var line in range.AsSpan().EnumerateLines())
        {
            var entry = line.Trim();
            if (entry.Length < HashLength - PrefixLength) continue;
            if (!entry[..rest.Length].Equals(rest, StringComparison.OrdinalIgnoreCase)) continue;
            if (IsSeen(entry[rest.Length..])) return true;
        }

        return false;
    }

    /// <summary>Never prints the hash.</summary>
    public override string ToString() => nameof(PasswordRange);

    /// <summary>Lists without counts hold what was seen.</summary>
    private static bool IsSeen(ReadOnlySpan<char> count) =>
        count.IsEmpty
        || (count[0] == ':'
            && long.TryParse(count[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            && times > 0);
}
