using System.Security.Cryptography;

namespace Lifeguard.Clients;

/// <summary>What `lifeguard serve` needs and what stays when it stops: a master key, a database,
/// settings.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lifeguard-");
    private readonly ScratchPostgres? postgres;
    private readonly Dictionary<string, string?> settings;

    private Installation(ScratchPostgres? postgres, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        this.postgres = postgres;
        this.settings = new(settings)
        {
            ["Database"] = postgres?.ConnectionString ?? $"sqlite:{DatabaseFile}",
            ["MasterKeyFile"] = MasterKeyFile,
        };
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(MasterKeyFile, key);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(MasterKeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Nothing else writes here.</summary>
    public string Folder => folder.FullName;

    public string MasterKeyFile => Path.Combine(Folder, "master.key");

    /// <summary>Null where the database is no PostgreSQL.</summary>
    public ScratchPostgres? Postgres => postgres;

    /// <summary>The settings as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Environment => Setting.AsVariables(settings);

    private string DatabaseFile => Path.Combine(Folder, "lifeguard.db");

    /// <summary>With a database file.</summary>
    public static Installation OnFile(params IEnumerable<KeyValuePair<string, string?>> settings) =>
        new(null, settings);

    /// <summary>With a database of its own on the server that tests may use.</summary>
    public static async Task<Installation> OnPostgres(
        string administrator, params IEnumerable<KeyValuePair<string, string?>> settings) =>
        new(await ScratchPostgres.Create(administrator), settings);

    /// <summary>Runs a command of the program with the installation's settings.</summary>
    public Task<Finished> Run(params string[] arguments) =>
        Finished.Run(LifeguardProgram.File, arguments, Environment, Folder);

    /// <summary>The same with some settings changed; null takes one away.</summary>
    public Task<Finished> RunWith(
        IEnumerable<KeyValuePair<string, string?>> changed, params string[] arguments) =>
        Finished.Run(
            LifeguardProgram.File, arguments, [.. Environment, .. Setting.AsVariables(changed)], Folder);

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
