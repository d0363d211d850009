using System.Text;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Passwords in circulation in files, as the downloaders of Have I Been Pwned write them: a folder with a
/// file for each prefix (<c>00000</c> or <c>00000.txt</c>), whose lines are as the range API answers them; or
/// one file with a whole hash in each line, in ascending order, of any size.
/// </summary>
/// <param name="path">Folder or file.</param>
public sealed class PasswordRangeFiles(string path) : IPasswordRanges
{
    private const int HashLength = 40;
    private const int LongestLine = 128;

    /// <summary>Far above any range: they have about a thousand lines.</summary>
    private const int LongestRange = 4 * 1024 * 1024;

    /// <inheritdoc/>
    public bool AreKept => true;

    /// <inheritdoc/>
    public async Task<string> Read(string prefix, CancellationToken cancellation) =>
        Directory.Exists(path)
            ? await InFolder(prefix, cancellation)
            : await Task.Run(() => InFile(prefix, cancellation), cancellation);

    private async Task<string> InFolder(string prefix, CancellationToken cancellation)
    {
        foreach (var name in (string[])[prefix, prefix + ".txt"])
        {
            var file = Path.Combine(path, name);
            if (!File.Exists(file)) continue;
            if (new FileInfo(file).Length > LongestRange) throw new IOException("A range is too long.");
            return await File.ReadAllTextAsync(file, cancellation);
        }

        return "";
    }

    private string InFile(string prefix, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = StartOf(file, prefix, cancellation);
        var range = new StringBuilder();
        while (ReadLine(file) is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            var order = Compare(line, prefix);
            if (order > 0) break;
            if (order < 0 || line.Length < HashLength) continue;
            range.Append(line.AsSpan(prefix.Length)).Append('\n');
            if (range.Length > LongestRange) throw new IOException("A range is too long.");
        }

        return range.ToString();
    }

    /// <summary>Where the first line begins that does not stand before the prefix, or shortly before
    /// that.</summary>
    private static long StartOf(FileStream file, string prefix, CancellationToken cancellation)
    {
        var (low, high) = (0L, file.Length);
        while (high - low > LongestLine)
        {
            cancellation.ThrowIfCancellationRequested();
            var middle = (low + high) / 2;
            file.Position = middle;
            // The rest of the line that the middle is in.
            _ = ReadLine(file);
            var next = file.Position;
            if (next >= high || ReadLine(file) is not { } line || Compare(line, prefix) >= 0) high = middle;
            else low = next;
        }

        return low;
    }

    private static int Compare(string line, string prefix) => string.Compare(
        line, 0, prefix, 0, prefix.Length, StringComparison.OrdinalIgnoreCase);

    /// <summary>The next line, cut where it is too long to be one; null at the end.</summary>
    private static string? ReadLine(FileStream file)
    {
        var line = new StringBuilder(LongestLine);
        int next;
        while ((next = file.ReadByte()) >= 0)
        {
            if (next == '\n') return line.ToString().TrimEnd('\r');
            if (line.Length < LongestLine) line.Append((char)next);
        }

        return line.Length > 0 ? line.ToString() : null;
    }
}
