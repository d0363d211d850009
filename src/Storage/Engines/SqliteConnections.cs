using Microsoft.Data.Sqlite;

namespace Lifeguard.Storage.Engines;

/// <summary>Opens connections to SQLite, each set up for its part.</summary>
internal static class SqliteConnections
{
    private const string ForMemory = "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY";

    private const string ForWriter =
        """
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = OFF;
        PRAGMA temp_store = MEMORY
        """;

    private const string ForReader =
        """
        PRAGMA busy_timeout = 5000;
        PRAGMA foreign_keys = OFF;
        PRAGMA temp_store = MEMORY;
        PRAGMA query_only = ON
        """;

    // SQLITE_DBCONFIG_ENABLE_QPSG.
    private const int StablePlans = 1007;

    public static Connection Memory() => Open(":memory:", SqliteOpenMode.Memory, ForMemory);

    public static Connection Writer(string file)
    {
        Create(file);
        return Open(file, SqliteOpenMode.ReadWrite, ForWriter);
    }

    public static Connection Reader(string file) => Open(file, SqliteOpenMode.ReadWrite, ForReader);

    // SQLite gives its journals the rights of the file, so a file for the owner alone covers them too.
    private static void Create(string file)
    {
        if (File.Exists(file)) return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var created = new FileStream(file, options);
    }

    // A plan must not depend on the values of parameters (doc: the query planner stability guarantee): SQLite
    // would otherwise prepare a statement anew each time one is bound, which costs more than most statements
    // do.
    private static void KeepPlans(SqliteConnection connection) =>
        SQLitePCL.raw.sqlite3_db_config(connection.Handle!, StablePlans, 1, out _);

    private static Connection Open(string source, SqliteOpenMode mode, string pragmas)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
        };
        var inner = new SqliteConnection(settings.ConnectionString);
        try
        {
            inner.Open();
            using var command = inner.CreateCommand();
#pragma warning disable CA2100 // The pragmas are the constants above.
            command.CommandText = pragmas;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            KeepPlans(inner);
        }
        catch (SqliteException)
        {
            inner.Dispose();
            throw;
        }

        return new Connection(inner, keepsCommands: true);
    }
}
