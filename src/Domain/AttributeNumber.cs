using System.Globalization;

namespace Lifeguard.Domain;

/// <summary>Numbers as attributes and their bounds have them: text, of any size.</summary>
internal static class AttributeNumber
{
    private const NumberStyles Bounds =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A sign or none, then digits with at most one decimal point among them.</summary>
    public static bool IsNumber(string text)
    {
        var digits = text.AsSpan(text is ['+' or '-', ..] ? 1 : 0);
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        return whole.Length + fraction.Length > 0 && AreDigits(whole) && AreDigits(fraction);
    }

    /// <summary>Below zero, zero or above zero, as <paramref name="value"/> is smaller than
    /// <paramref name="bound"/>, equal or greater. Bounds may be as large as 2^1023 (doc); beyond what a
    /// decimal holds, about fifteen digits decide.</summary>
    /// <param name="value">What <see cref="IsNumber"/> takes.</param>
    /// <param name="bound">What <see cref="SchemaBounds"/> takes.</param>
    public static int Compare(string value, string bound)
    {
        var culture = CultureInfo.InvariantCulture;
        return decimal.TryParse(value, Bounds, culture, out var exact)
            && decimal.TryParse(bound, Bounds, culture, out var limit)
                ? exact.CompareTo(limit)
                : double.Parse(value, Bounds, culture).CompareTo(double.Parse(bound, Bounds, culture));
    }

    private static bool AreDigits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') < 0;
}
