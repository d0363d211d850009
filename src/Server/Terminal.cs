using System.Text;

namespace Lifeguard.Server;

/// <summary>What the program says to whoever typed its name. Everything else goes to the log.</summary>
internal static class Terminal
{
#pragma warning disable RS0030 // Commands talk to a terminal; nothing else does.
    public static void Say(string line) => Console.Out.WriteLine(line);

    public static void Complain(string line) => Console.Error.WriteLine(line);

    /// <summary>Somebody is there who can be asked.</summary>
    public static bool HasReader => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>The last line can be written over.</summary>
    public static bool IsRewritable => !Console.IsErrorRedirected;

    /// <summary>Writes over the last line.</summary>
    public static void Rewrite(string line) => Console.Error.Write("\r" + line);

    /// <summary>What is typed, without showing it.</summary>
    public static string Ask(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0') typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    /// <summary>What is piped in, up to <paramref name="max"/> characters.</summary>
    public static string Read(int max)
    {
        var text = new char[max];
        return new(text, 0, Console.In.ReadBlock(text, 0, max));
    }

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
