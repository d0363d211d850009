namespace Lifeguard.Server;

/// <summary>What the program says to whoever typed its name. Everything else goes to the log.</summary>
internal static class Terminal
{
#pragma warning disable RS0030 // Commands talk to a terminal; nothing else does.
    public static void Say(string line) => Console.Out.WriteLine(line);

    public static void Complain(string line) => Console.Error.WriteLine(line);

    /// <summary>Standard output, for those who write to it what is no word to anybody.</summary>
    public static TextWriter Output => Console.Out;
#pragma warning restore RS0030 // See above.

    /// <summary>Columns side by side, each as wide as its widest cell; the first row is the
    /// heading.</summary>
    public static void Table(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length)
            .Select(i => rows.Max(row => row[i].Length))
            .ToArray();
        foreach (var row in rows)
            Say(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
