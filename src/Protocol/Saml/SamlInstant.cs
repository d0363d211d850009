using System.Globalization;
using System.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>Instants as SAML writes them, in UTC (saml-core §1.3.3), and how far clocks may differ.</summary>
internal static class SamlInstant
{
    /// <summary>Provider and service provider need not agree better.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Nobody needs longer to come here from the provider; what is older is stolen or
    /// lost.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <exception cref="SamlException">Malformed.</exception>
    public static DateTimeOffset Read(string? text)
    {
        // The conversion knows dates and times by themselves as well.
        if (text is not { Length: >= 19 and <= 64 } || text[10] != 'T') throw SamlException.Malformed();
        try
        {
            var read = XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.RoundtripKind);
            return read.Kind == DateTimeKind.Local
                ? XmlConvert.ToDateTimeOffset(text)
                : new(DateTime.SpecifyKind(read, DateTimeKind.Utc));
        }
        catch (Exception broken) when (broken is FormatException or ArgumentOutOfRangeException)
        {
            throw SamlException.Malformed();
        }
    }

    /// <summary>Refuses what is made in the future, or too long ago.</summary>
    /// <exception cref="SamlException">NotYetValid, Expired, Malformed.</exception>
    public static DateTimeOffset ReadFresh(string? text, DateTimeOffset now)
    {
        var made = Read(text);
        MustHaveBegun(made, now);
        if (made <= now - MaxAge - Skew) throw new SamlException(SamlFailure.Expired);
        return made;
    }

    /// <exception cref="SamlException">NotYetValid.</exception>
    public static void MustHaveBegun(DateTimeOffset begin, DateTimeOffset now)
    {
        if (begin > now + Skew) throw new SamlException(SamlFailure.NotYetValid);
    }

    /// <exception cref="SamlException">Expired.</exception>
    public static void MustNotBeOver(DateTimeOffset end, DateTimeOffset now)
    {
        // An end may be the last instant that there is: nothing is added to it.
        if (end <= now - Skew) throw new SamlException(SamlFailure.Expired);
    }
}
