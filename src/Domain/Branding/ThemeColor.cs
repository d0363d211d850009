using System.Globalization;

namespace Lifeguard.Domain.Branding;

/// <summary>A colour of a theme. Only what was read as one gets into a style sheet.</summary>
public readonly record struct ThemeColor(byte Red, byte Green, byte Blue, byte Alpha)
{
    private const int Digits = 8;

    /// <summary>Reads <c>rrggbbaa</c> (observed: no sign before it); null for anything else.</summary>
    public static ThemeColor? Parse(string? text)
    {
        if (text is not { Length: Digits } || !text.All(char.IsAsciiHexDigit)) return null;
        var value = uint.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new((byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    /// <summary>As it stands in a style sheet.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}{Alpha:x2}");
}
