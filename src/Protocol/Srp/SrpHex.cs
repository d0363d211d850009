using System.Buffers;

namespace Lifeguard.Protocol.Srp;

/// <summary>
/// The text form of SRP numbers in SRP_A, SRP_B and SALT (observed in the service's clients).
/// </summary>
public static class SrpHex
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>
    /// Lower-case hexadecimal without leading zeros; zero is <c>0</c>. May have an odd length.
    /// </summary>
    public static string Format(ReadOnlySpan<byte> number)
    {
        var text = Convert.ToHexStringLower(number).TrimStart('0');
        return text.Length == 0 ? "0" : text;
    }

    /// <summary>
    /// Reads hexadecimal in either case, of odd or even length, with or without leading zeros.
    /// False for empty text, text longer than <paramref name="maxDigits"/>, and anything else than digits.
    /// </summary>
    public static bool TryParse(string? text, int maxDigits, out byte[] number)
    {
        number = [];
        if (string.IsNullOrEmpty(text) || text.Length > maxDigits || text.AsSpan().ContainsAnyExcept(Digits))
            return false;
        var even = text.Length % 2 == 0 ? text : "0" + text;
        number = SrpGroup.Minimal(Convert.FromHexString(even)).ToArray();
        return true;
    }
}
