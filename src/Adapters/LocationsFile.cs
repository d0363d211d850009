using System.Text;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Adapters;

/// <summary>Reads a table of addresses and places from a file.</summary>
public static class LocationsFile
{
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">It is no such table.</exception>
    public static Locations Read(string path) => Locations.Read(
        File.ReadLines(path, Encoding.UTF8)
            .Select(line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(line))));
}
