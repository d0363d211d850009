using System.Globalization;

namespace Lifeguard.Protocol.SigV4;

/// <summary>The basic ISO 8601 instants of Signature Version 4, e.g. <c>20260306T040509Z</c>.</summary>
public static class AmzDate
{
    private const string Form = "yyyyMMdd'T'HHmmss'Z'";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Writes an instant, cut to whole seconds.</summary>
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads exactly that form; false for any other.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, Utc, out instant);

    /// <summary>Reads a Date header: that form, or the one of HTTP (RFC 9110 §5.6.7).</summary>
    internal static bool TryParseHttp(string? text, out DateTimeOffset instant) =>
        TryParse(text, out instant)
        || DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, Utc, out instant);
}
