namespace Lifeguard.Tidy.Tests;

/// <summary>The files of this clone as text, without what builds and package installs leave behind.</summary>
internal static class RepositoryFiles
{
    private static readonly HashSet<string> Leftovers =
        [".git", ".vs", "artifacts", "bin", "obj", "node_modules", "BenchmarkDotNet.Artifacts"];

    /// <summary>The folder with the solution in it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file, as a path from the root with forward slashes, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Below(Root).Order(StringComparer.Ordinal)];

    /// <summary>The C# files that people write.</summary>
    public static IReadOnlyList<string> HandWritten { get; } = [.. All.Where(path =>
        path.EndsWith(".cs", StringComparison.Ordinal) && !IsGenerated(path))];

    /// <summary>Files whose name ends so.</summary>
    public static IEnumerable<string> EndingIn(params string[] endings) =>
        All.Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>Files below a folder, such as `src/Domain/`.</summary>
    public static IEnumerable<string> In(string folder) =>
        All.Where(path => path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The text of a file of <see cref="All"/>.</summary>
    public static string Text(string path) => File.ReadAllText(Absolute(path));

    /// <summary>The text of a file, or none at all when there is no such file.</summary>
    public static string TextOrNothing(string path) => File.Exists(Absolute(path)) ? Text(path) : "";

    /// <summary>The lines of a file of <see cref="All"/>, each with its number from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Lines(string path) =>
        File.ReadLines(Absolute(path)).Select((text, index) => (index + 1, text));

    /// <summary>How many bytes a file has.</summary>
    public static long Length(string path) => new FileInfo(Absolute(path)).Length;

    /// <summary>Whether a program wrote it.</summary>
    public static bool IsGenerated(string path) =>
        path.EndsWith(".g.cs", StringComparison.Ordinal)
        || path.Contains("/Generated/", StringComparison.Ordinal);

    /// <summary>Whether it holds bytes that no text has.</summary>
    public static bool IsBinary(string path)
    {
        using var stream = File.OpenRead(Absolute(path));
        var start = new byte[4096];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start.AsSpan(0, length).Contains((byte)0);
    }

    private static string Absolute(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Lifeguard.slnx")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("These tests read the clone that they were built in.");
        }

        return folder;
    }

    private static IEnumerable<string> Below(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            var path = Path.GetRelativePath(Root, file).Replace('\\', '/');
            if (path != ".git" && !path.Contains(".received.", StringComparison.Ordinal))
            {
                yield return path;
            }
        }

        foreach (var inside in Directory.EnumerateDirectories(folder))
        {
            if (Leftovers.Contains(Path.GetFileName(inside)) || inside == Path.Combine(Root, "data"))
            {
                continue;
            }

            foreach (var path in Below(inside))
            {
                yield return path;
            }
        }
    }
}
