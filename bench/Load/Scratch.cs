using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lifeguard.Load;

/// <summary>A database and a master key of their own, gone when disposed.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string? maintenance;
    private readonly string name = $"lifeguard_bench_{Guid.NewGuid():n}";

    public Scratch(Options options)
    {
        Folder = Path.GetFullPath(Path.Combine(options.Folder, name));
        Directory.CreateDirectory(Folder);
        KeyFile = Path.Combine(Folder, "master.key");
        MasterKey = RandomNumberGenerator.GetBytes(32);
        var ownerOnly = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            ownerOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(KeyFile, ownerOnly)) file.Write(MasterKey);
        maintenance = options.Postgres;
        if (maintenance is null)
        {
            Database = $"sqlite:{Path.Combine(Folder, "bench.db")}";
            return;
        }

        Run(maintenance, $"CREATE DATABASE {name}");
        Database = new NpgsqlConnectionStringBuilder(maintenance) { Database = name }.ConnectionString;
    }

    public string Folder { get; }

    public string KeyFile { get; }

    public byte[] MasterKey { get; }

    /// <summary>The setting <c>Database</c>.</summary>
    public string Database { get; }

    public bool IsSqlite => maintenance is null;

    /// <summary>A connection past the server; durable as the server's own.</summary>
    public DbConnection Open()
    {
        if (!IsSqlite)
        {
            var postgres = new NpgsqlConnection(Database);
            postgres.Open();
            return postgres;
        }

        var sqlite = new SqliteConnection($"Data Source={Path.Combine(Folder, "bench.db")};Pooling=False");
        sqlite.Open();
        using var pragmas = sqlite.CreateCommand();
        pragmas.CommandText = "PRAGMA busy_timeout = 20000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
        pragmas.ExecuteNonQuery();
        return sqlite;
    }

    public void Dispose()
    {
        if (maintenance is not null)
        {
            NpgsqlConnection.ClearAllPools();
            Run(maintenance, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static void Run(string connectionString, string sql)
    {
        using var source = new NpgsqlConnection(connectionString);
        source.Open();
        using var command = source.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
