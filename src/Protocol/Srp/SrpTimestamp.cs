using System.Globalization;

namespace Lifeguard.Protocol.Srp;

/// <summary>The TIMESTAMP of a password claim, e.g. <c>Fri Mar 6 04:05:09 UTC 2026</c>.</summary>
public static class SrpTimestamp
{
    private const string Form = "ddd MMM d HH:mm:ss 'UTC' yyyy";

    /// <summary>Writes an instant as clients do: English names, the day without a leading zero.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads a timestamp; the day has one or two digits. False for any other form.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, styles, out instant);
    }
}
