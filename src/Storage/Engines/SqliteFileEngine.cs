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

    public override async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var connection)) await connection.DisposeAsync();
        // Last, so that closing it folds the journal into the file.
        await writer.DisposeAsync();
    }
}
