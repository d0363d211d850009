namespace Lifeguard.Build;

/// <summary>Where things are in this clone.</summary>
internal static class Repository
{
    /// <summary>The folder that build.cs lies in, whatever folder it was started from.</summary>
    public static string Root { get; } =
        AppContext.GetData("EntryPointFileDirectoryPath") as string ?? Directory.GetCurrentDirectory();

    /// <summary>The absolute path of something in the clone.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The project files one folder below <paramref name="folder"/>, in order of name.</summary>
    public static IReadOnlyList<string> Projects(string folder)
    {
        if (!Directory.Exists(At(folder)))
        {
            return [];
        }

        return [.. Directory.GetDirectories(At(folder))
            .SelectMany(inside => Directory.GetFiles(inside, "*.csproj"))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Where a program is on PATH, or null.</summary>
    public static string? OnPath(params string[] programs) =>
        programs.SelectMany(program => (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, program)))
            .FirstOrDefault(File.Exists);
}
