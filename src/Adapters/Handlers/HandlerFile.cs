namespace Lifeguard.Adapters.Handlers;

/// <summary>A file with a handler that exists.</summary>
/// <param name="Path">The whole path.</param>
/// <param name="Export">What is called in it.</param>
public sealed record HandlerFile(string Path, string Export, HandlerLanguage Language)
{
    /// <summary>So many files are looked at before each event, those of the folder itself first.</summary>
    private const int MostNeighbours = 1000;

    private static readonly EnumerationOptions Plain = new()
    {
        // A link could lead round in a circle.
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>The folder it lies in: the place that Lambda calls the task root.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Finds the file that a setting names, in the folder the program runs in.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what was looked
    /// for.</exception>
    public static HandlerFile Find(HandlerName name)
    {
        if (HandlerLanguage.OfFile(name.Path) is { } known)
        {
            return File.Exists(name.Path)
                ? new(System.IO.Path.GetFullPath(name.Path), name.Export ?? known.Export, known)
                : throw new FileNotFoundException($"there is no file {name.Path}.");
        }

        var found = HandlerLanguage.All
            .SelectMany(language => language.Extensions.Select(end => (Path: name.Path + end, language)))
            .FirstOrDefault(file => File.Exists(file.Path));
        return found.Path is null
            ? throw new FileNotFoundException($"there is no file {name.Path}.mjs, .cjs, .js or .py.")
            : new(System.IO.Path.GetFullPath(found.Path), name.Export!, found.language);
    }

    /// <summary>Changes when the file, or code that lies beside it or below, does. Packages are not
    /// looked into.</summary>
    public (DateTime Newest, int Count) Version()
    {
        var newest = File.GetLastWriteTimeUtc(Path);
        var count = 0;
        foreach (var neighbour in FilesIn(Folder).Take(MostNeighbours).Where(Language.Owns))
        {
            var written = File.GetLastWriteTimeUtc(neighbour);
            if (written > newest) newest = written;
            count++;
        }

        return (newest, count);
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder, "*", Plain).Where(IsOwnCode).SelectMany(FilesIn));

    private static bool IsOwnCode(string folder) =>
        System.IO.Path.GetFileName(folder) is not ("node_modules" or "site-packages" or "__pycache__");
}
