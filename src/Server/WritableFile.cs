namespace Lifeguard.Server;

/// <summary>Whether a file can be written, found out without leaving anything behind.</summary>
internal static class WritableFile
{
    /// <summary>A file that is not there is not made: it would belong to whoever looks, and the server may be
    /// somebody else.</summary>
    /// <exception cref="IOException">It cannot be written, or made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void MustBe(string path)
    {
        if (Path.Exists(path))
        {
            new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)
                .Dispose();
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"there is no folder {folder}.");
        new FileStream(
            $"{path}.{Environment.ProcessId}", FileMode.CreateNew, FileAccess.Write, FileShare.None,
            bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
    }
}
