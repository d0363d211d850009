using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

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

    /// <summary>The setting of that name.</summary>
    public string Database => settings["Database"]!;

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

    /// <summary>Runs a command with a file that holds <paramref name="content"/>, which is given as the last
    /// argument.</summary>
    public Task<Finished> RunWithFile(string content, params string[] arguments)
    {
        var file = Path.Combine(Folder, $"given-{Guid.NewGuid():N}");
        File.WriteAllText(file, content);
        return Run([.. arguments, file]);
    }

    /// <summary>The first column of what a statement finds, as text, behind the program's back.</summary>
    public async Task<IReadOnlyList<string>> Look(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write their own SQL.
        command.CommandText = sql;
#pragma warning restore CA2100 // See above.
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) found.Add(rows.GetValue(0).ToString()!);
        return found;
    }

    /// <summary>All that the database keeps, as whoever steals it would read it: the bytes of every file, or
    /// every row.</summary>
    public async Task<string> EverythingKept()
    {
        if (postgres is not null) return await postgres.Everything();
        var kept = new StringBuilder();
        foreach (var file in Directory.GetFiles(Folder, Path.GetFileName(DatabaseFile) + "*"))
        {
            // The program has the files open.
            await using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            kept.Append(await reader.ReadToEndAsync());
        }

        return kept.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private DbConnection Connect() => postgres is null
        ? new SqliteConnection($"Data Source={DatabaseFile};Pooling=False")
        : new NpgsqlConnection(postgres.ConnectionString + ";Pooling=False");
}
