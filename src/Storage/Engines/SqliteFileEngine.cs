using System.Collections.Concurrent;

namespace Lifeguard.Storage.Engines;

/// <summary>A SQLite file: one writer that groups commits, any number of readers beside it.</summary>
internal sealed class SqliteFileEngine : Engine
{
    private readonly string file;
    private readonly GroupedWriter writer;
    private readonly ConcurrentBag<Connection> idle = [];
    private readonly int mostIdle = Math.Max(4, 2 * Environment.ProcessorCount);

    public SqliteFileEngine(string file)
    {
        this.file = file;
        writer = new GroupedWriter(SqliteConnections.Writer(file));
    }

    public override Dialect Dialect { get; } = new SqliteDialect();

    public override async Task<T> Read<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        if (!idle.TryTake(out var connection)) connection = SqliteConnections.Reader(file);
        try
        {
            return await work(connection);
        }
        finally
        {
            if (idle.Count < mostIdle) idle.Add(connection);
            else await connection.DisposeAsync();
        }
    }

    public override Task<T> Write<T>(Func<Connection, Task<T>> work, CancellationToken cancellation) =>
        writer.Write(work, cancellation);

    public override async Task<T> Snapshot<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = SqliteConnections.Reader(file);
        // In WAL mode a read transaction goes on seeing the state of its first statement, which must
        // therefore not be left to the caller.
        await connection.Tell("BEGIN", cancellation);
        await connection.Run(
            "SELECT COUNT(*) FROM sqlite_schema", [], command => command.ExecuteScalarAsync(cancellation));
        try
        {
            return await work(connection);
        }
        finally
        {
            await connection.Tell("ROLLBACK", CancellationToken.None);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var connection)) await connection.DisposeAsync();
        // Last, so that closing it folds the journal into the file.
        await writer.DisposeAsync();
    }
}
