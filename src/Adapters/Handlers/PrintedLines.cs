using System.Text;

namespace Lifeguard.Adapters.Handlers;

/// <summary>What a function prints, line by line; a line that does not end is cut.</summary>
internal static class PrintedLines
{
    private const int LongestLine = 8192;

    /// <summary>Hands over each line until the stream ends.</summary>
    public static async Task Read(TextReader reader, Action<string> line)
    {
        var (part, text) = (new char[1024], new StringBuilder());
        try
        {
            int count;
            while ((count = await reader.ReadAsync(part)) > 0)
            {
                foreach (var c in part.AsSpan(0, count))
                {
                    if (c != '\n') text.Append(c);
                    if (c == '\n' || text.Length == LongestLine) Flush();
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process was ended while it printed.
        }

        Flush();

        void Flush()
        {
            if (text.ToString().TrimEnd('\r') is { Length: > 0 } whole) line(whole);
            text.Clear();
        }
    }
}
