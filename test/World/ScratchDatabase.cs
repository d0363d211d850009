using Lifeguard.Storage;

namespace Lifeguard.Worlds;

/// <summary>Which database a world stands on.</summary>
public enum DatabaseKind
{
    Memory,
    Sqlite,
    Postgres,
}

/// <summary>A database of its own without a row, removed with the world.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly Func<ValueTask> remove;

    private ScratchDatabase(string setting, Func<ValueTask> remove) =>
        (Setting, this.remove) = (setting, remove);

    /// <summary>The value for <see cref="Database.Open"/>.</summary>
    public string Setting { get; }

    /// <summary>A connection string that may create databases; null where there is no PostgreSQL.</summary>
    public static string? Postgres => LentPostgres.Administrator;

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
        var postgres = await LentPostgres.Borrow();
        return new(postgres.Setting, postgres.DisposeAsync);
    }
}
