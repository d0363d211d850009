using System.Globalization;
using System.Net;
using Lifeguard.Protocol.Csv;

namespace Lifeguard.Domain.Risk;

/// <summary>Where addresses are, as far as the operator has said so: by default nothing is known.</summary>
public sealed class Locations
{
    /// <summary>More ranges than any public table has.</summary>
    public const int MaxRanges = 10_000_000;

    /// <summary>Where nothing is known.</summary>
    public static readonly Locations Unknown = new([]);

    private readonly Entry[] entries;

    private Locations(Entry[] entries) => this.entries = entries;

    /// <summary>
    /// Reads a table: a range in CIDR notation, a country and a city in each line, with commas between and,
    /// if known, the degrees north and east behind them. Empty lines and lines that begin with <c>#</c> say
    /// nothing.
    /// </summary>
    /// <param name="lines">In UTF-8.</param>
    /// <exception cref="FormatException">A line is none of that, or two ranges overlap.</exception>
    public static Locations Read(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        var entries = new List<Entry>();
        // The same few thousand places stand in millions of lines.
        var places = new Dictionary<Place, Place>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (CsvLine.IsBlank(line.Span) || line.Span.StartsWith("#"u8)) continue;
            var (range, place) = Row(line.Span) ?? throw Malformed(number);
            if (!places.TryGetValue(place, out var known)) places.Add(place, known = place);
            entries.Add(new(range.First, range.Last, known));
            if (entries.Count > MaxRanges) throw new FormatException($"More than {MaxRanges} ranges.");
        }

        entries.Sort((one, other) => one.First.CompareTo(other.First));
        for (var i = 1; i < entries.Count; i++)
        {
            if (entries[i].First <= entries[i - 1].Last)
                throw new FormatException("Two of the ranges overlap.");
        }

        return new([.. entries]);
    }

    /// <summary>Where the address is; null where that is not known.</summary>
    public Place? Find(string address)
    {
        if (entries.Length == 0 || !IPAddress.TryParse(address, out var parsed)) return null;
        var number = AddressRange.Number(AddressRange.Plain(parsed));
        var (low, high) = (0, entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (number < entries[middle].First) high = middle - 1;
            else if (number > entries[middle].Last) low = middle + 1;
            else return entries[middle].Place;
        }

        return null;
    }

    private static (AddressRange Range, Place Place)? Row(ReadOnlySpan<byte> line)
    {
        if (CsvLine.Read(line) is not { Count: 3 or 5 } values) return null;
        if (AddressRange.Parse(values[0]) is not { } range) return null;
        var place = new Place(Named(values[1]), Named(values[2]), null);
        if (values.Count == 3) return (range, place);
        return Degrees(values[3], 90) is { } north && Degrees(values[4], 180) is { } east
            ? (range, place with { Position = new(north, east) })
            : null;
    }

    private static string? Named(string text) => text.Length > 0 ? text : null;

    private static double? Degrees(string text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
        && Math.Abs(degrees) <= most
            ? degrees
            : null;

    private static FormatException Malformed(int line) =>
        new($"Line {line} is not a range, a country and a city, with or without degrees north and east.");

    private readonly record struct Entry(UInt128 First, UInt128 Last, Place Place);
}

/// <summary>A place as its table names it.</summary>
/// <param name="Position">Null where it is not known.</param>
public sealed record Place(string? Country, string? City, Position? Position);

/// <summary>A point of the earth, in degrees.</summary>
public sealed record Position(double North, double East)
{
    private const double EarthRadius = 6371;

    /// <summary>The distance along the surface (haversine formula).</summary>
    public double KilometresTo(Position other)
    {
        var (from, to) = (Radians(North), Radians(other.North));
        var chord = Square(Math.Sin((to - from) / 2))
            + (Math.Cos(from) * Math.Cos(to) * Square(Math.Sin(Radians(other.East - East) / 2)));
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, chord)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Square(double number) => number * number;
}
