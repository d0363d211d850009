using System.Data.Common;
using Npgsql;

namespace Lifeguard.Storage.Engines;

internal sealed class PostgresDialect : Dialect
{
    // The default collation of a database may fold or reorder; "C" compares bytes, as SQLite does.
    public override string ColumnTypes(string script) => script
        .Replace("$text", "text COLLATE \"C\"", StringComparison.Ordinal)
        .Replace("$bytes", "bytea", StringComparison.Ordinal)
        .Replace("$bigint", "bigint", StringComparison.Ordinal);

    public override bool IsUniqueViolation(DbException error) =>
        error.SqlState == PostgresErrorCodes.UniqueViolation;

    public override bool IsMissingTable(DbException error) =>
        error.SqlState == PostgresErrorCodes.UndefinedTable;

    public override bool IsOfDisk(DbException error) =>
        error.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError;

    /// <summary>Serialisation failures, deadlocks, and all that a fail-over looks like: connections broken or
    /// refused, a server that shuts down or starts, a former primary that only reads.</summary>
    public override bool IsPassing(DbException error) => error.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => true,
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.ReadOnlySqlTransaction => true,
        { } state => state.StartsWith("08", StringComparison.Ordinal),
        null => error.IsTransient,
    };
}
