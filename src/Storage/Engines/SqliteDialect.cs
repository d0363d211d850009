using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Lifeguard.Storage.Engines;

internal sealed class SqliteDialect : Dialect
{
    // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
    private const int PrimaryKey = 1555;
    private const int Unique = 2067;

    // SQLITE_BUSY and SQLITE_LOCKED: another process has the file.
    private const int Busy = 5;
    private const int Locked = 6;

    // SQLITE_READONLY, SQLITE_IOERR and SQLITE_FULL.
    private const int ReadOnly = 8;
    private const int Failing = 10;
    private const int Full = 13;

    public override string ColumnTypes(string script) => script
        .Replace("$text", "TEXT", StringComparison.Ordinal)
        .Replace("$bytes", "BLOB", StringComparison.Ordinal)
        .Replace("$bigint", "INTEGER", StringComparison.Ordinal);

    public override bool IsUniqueViolation(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique };

    // SQLite has no code for it but that of any wrong statement.
    public override bool IsMissingTable(DbException error) =>
        error.Message.Contains("no such table", StringComparison.Ordinal);

    public override bool IsOfDisk(DbException error) =>
        error is SqliteException { SqliteErrorCode: ReadOnly or Failing or Full };

    public override bool IsPassing(DbException error) =>
        error is SqliteException { SqliteErrorCode: Busy or Locked };
}
