using Lifeguard.Storage;
using Npgsql;

namespace Lifeguard.Worlds;

/// <summary>Which database a world stands on.</summary>
public enum DatabaseKind
{
    Memory,
    Sqlite,
    Postgres,
}

/// <summary>An empty database of its own, removed with the world.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly Func<ValueTask> remove;

    private ScratchDatabase(string setting, Func<ValueTask> remove) =>
        (Setting, this.remove) = (setting, remove);

    /// <summary>The value for <see cref="Database.Open"/>.</summary>
    public string Setting { get; }

    /// <summary>A connection string that may create databases; null where there is no PostgreSQL.</summary>
    public static string? Postgres => Environment.GetEnvironmentVariable("LIFEGUARD_TEST_POSTGRES");

    public static async Task<ScratchDatabase> Create(DatabaseKind kind) => kind switch
    {
        DatabaseKind.Memory => new("memory", () => ValueTask.CompletedTask),
        DatabaseKind.Sqlite => OnFile(),
        _ => await OnPostgres(),
    };

    public ValueTask DisposeAsync() => remove();

    private static ScratchDatabase OnFile()
    {
        var folder = Directory.CreateTempSubdirectory("lifeguard-");
        return new(
            $"sqlite:{Path.Combine(folder.FullName, "world.db")}",
            () =>
            {
                folder.Delete(recursive: true);
                return ValueTask.CompletedTask;
            });
    }

    private static async Task<ScratchDatabase> OnPostgres()
    {
        var name = $"world_{Guid.NewGuid():N}";
        await Execute($"CREATE DATABASE {name}");
        var setting = new NpgsqlConnectionStringBuilder(Postgres) { Database = name, MaxPoolSize = 20 };
        return new(
            setting.ConnectionString,
            async () => await Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    }

    private static async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
