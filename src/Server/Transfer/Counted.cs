using System.Globalization;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Server.Transfer;

/// <summary>Numbers for people.</summary>
internal static class Counted
{
    /// <summary>Users, app clients, and all other rows by their tables.</summary>
    public static string Rows(PoolContents contents) => string.Join(
        ", ",
        contents.Counts
            .Where(count => count.Rows > 0)
            .Select(count => $"{Number(count.Rows)} {count.Table}"));

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => $"{Number(bytes)} bytes",
        < 10_000_000 => $"{Number(bytes / 1000)} kB",
        _ => $"{Number(bytes / 1_000_000)} MB",
    };

    public static string Time(TimeSpan time) =>
        time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
