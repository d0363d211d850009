namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>The commands that write and read files of pools.</summary>
internal static class PoolFiles
{
    public const string Passphrase = "correct horse battery staple";

    public static Task<Finished> Export(Installation installation, string pool, string file) =>
        installation.Run(
            "pool", "export", pool, "--to", file, "--passphrase-file", PassphraseFile(installation));

    public static Task<Finished> Import(Installation installation, string file, params string[] options) =>
        installation.Run([.. ImportArguments(installation, file), .. options]);

    public static string[] ImportArguments(Installation installation, string file) =>
        ["pool", "import", file, "--passphrase-file", PassphraseFile(installation)];

    /// <summary>A file for its owner alone.</summary>
    public static string Private(Installation installation, string name, string content)
    {
        var file = Path.Combine(installation.Folder, name);
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static string PassphraseFile(Installation installation) =>
        Private(installation, "passphrase", Passphrase + "\n");
}
