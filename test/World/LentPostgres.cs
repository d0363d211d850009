using System.Collections.Concurrent;
using Lifeguard.Storage;
using Npgsql;

namespace Lifeguard.Worlds;

/// <summary>A database on a PostgreSQL server, lent to one test after the other: with every table and no row.
/// To empty one takes a fraction of the time that it takes to make one.</summary>
public sealed class LentPostgres : IAsyncDisposable
{
    private const string DisconnectOthers =
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """;

    private const string DeleteRows =
        """
        DO $$
        DECLARE each name;
        BEGIN
          FOR each IN SELECT tablename FROM pg_tables
              WHERE schemaname = 'public' AND tablename <> 'migration' LOOP
            EXECUTE format('DELETE FROM %I', each);
          END LOOP;
        END $$
        """;

    private static readonly ConcurrentBag<LentPostgres> Free = [];
    private static readonly ConcurrentBag<LentPostgres> All = [];

    private readonly string name = $"lifeguard_test_{Guid.NewGuid():N}";

    static LentPostgres() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAll().Wait();

    private LentPostgres()
    {
    }

    /// <summary>A connection string that may create databases; null where there is no PostgreSQL.</summary>
    public static string? Administrator { get; } =
        Environment.GetEnvironmentVariable("LIFEGUARD_TEST_POSTGRES");

    /// <summary>The value for <see cref="Database.Open"/>.</summary>
    public string Setting =>
        new NpgsqlConnectionStringBuilder(Administrator) { Database = name, MaxPoolSize = 20 }.ToString();

    public static async Task<LentPostgres> Borrow() => Free.TryTake(out var free) ? free : await Create();

    /// <summary>Gives it back empty, whoever may still hold connections to it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Execute(Setting, DisconnectOthers, DeleteRows);
        Free.Add(this);
    }

    /// <summary>A database without a table, to be dropped by whom it is given to.</summary>
    public static async Task<(string Setting, Func<Task> Drop)> Unmigrated()
    {
        var empty = new LentPostgres();
        await Execute(Administrator!, $"CREATE DATABASE {empty.name}");
        return (empty.Setting, empty.Drop);
    }

    private static async Task<LentPostgres> Create()
    {
        var created = new LentPostgres();
        await Execute(Administrator!, $"CREATE DATABASE {created.name}");
        All.Add(created);
        await using var database = Database.Open(created.Setting, TimeProvider.System);
        await database.Migrate(CancellationToken.None);
        return created;
    }

    private Task Drop() => Execute(Administrator!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private static Task DropAll() => Task.WhenAll(All.Select(database => database.Drop()));

    private static async Task Execute(string connectionString, params IEnumerable<string> statements)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
