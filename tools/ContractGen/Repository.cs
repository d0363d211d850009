namespace Lifeguard.ContractGen;

/// <summary>The checked-out repository; paths are relative to its root, with forward slashes.</summary>
public sealed class Repository
{
    private readonly string root;

    private Repository(string root) => this.root = root;

    /// <summary>The repository that holds this folder, or null outside of one.</summary>
    public static Repository? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "contract", "observed.json")))
                return new Repository(at.FullName);
        }
        return null;
    }

    /// <summary>The text of a file, or null when there is none.</summary>
    public string? Read(string path) => File.Exists(Full(path)) ? File.ReadAllText(Full(path)) : null;

    /// <summary>The text of a file that must be there.</summary>
    public string Require(string path) => File.ReadAllText(Full(path));

    /// <summary>Writes UTF-8 without a byte-order mark, making folders as needed.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    /// <summary>Deletes a file.</summary>
    public void Delete(string path) => File.Delete(Full(path));

    /// <summary>All files below a folder, sorted.</summary>
    public IReadOnlyList<string> FilesBelow(string folder)
    {
        if (!Directory.Exists(Full(folder)))
            return [];
        return Directory.EnumerateFiles(Full(folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    private string Full(string path) => Path.Combine(root, path);
}
