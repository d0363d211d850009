using Lifeguard.Server.Settings;

namespace Lifeguard.Server;

/// <summary>The files that are opened when there is something to write or to look up. The server starts
/// without them, since what holds them may come and go; until then it does without.</summary>
internal static class FilesOpenedLater
{
    /// <summary>A warning for each that cannot be opened now. Nothing is left behind by looking.</summary>
    public static IEnumerable<Finding> Review(ServerSettings settings) =>
    [
        .. Log("Logs:Default", settings.LogDefault),
        .. settings.LogMap.SelectMany(entry => Log($"Logs:Map:{entry.Key}", entry.Value)),
        .. settings.CompromisedPasswords is PasswordSource.Files { Path: var passwords }
            ? Try(
                "Threats:CompromisedPasswords",
                $"{passwords} cannot be read, and until it can no password is found there",
                () => Read(passwords))
            : [],
    ];

    private static IEnumerable<Finding> Log(string setting, LogTarget target) => target is LogTarget.File file
        ? Try(
            setting,
            $"{file.Path} cannot be written, and until it can the lines are lost",
            () => WritableFile.MustBe(file.Path))
        : [];

    private static IEnumerable<Finding> Try(string setting, string trouble, Action open)
    {
        try
        {
            open();
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [Finding.Warning(setting, $"{trouble}: {failure.Message}")];
        }
    }

    private static void Read(string path)
    {
        if (Directory.Exists(path)) _ = Directory.EnumerateFileSystemEntries(path).Any();
        else File.OpenRead(path).Dispose();
    }
}
