namespace Lifeguard.Storage.Engines;

/// <summary>SQLite in memory: one connection that everybody takes in turn.</summary>
internal sealed class MemoryEngine : Engine
{
    private readonly Connection connection = SqliteConnections.Memory();
    private readonly SemaphoreSlim turn = new(1, 1);

    public override Dialect Dialect { get; } = new SqliteDialect();

    public override async Task<T> Read<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await work(connection);
        }
        finally
        {
            turn.Release();
        }
    }

    public override Task<T> Write<T>(Func<Connection, Task<T>> work, CancellationToken cancellation) =>
        Read(open => InTransaction(open, work), cancellation);

    // The one connection cannot show two states; a copy can stand still while it goes on.
    public override async Task<T> Snapshot<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        await using var copy = SqliteConnections.Memory();
        await turn.WaitAsync(cancellation);
        try
        {
            connection.CopyTo(copy);
        }
        finally
        {
            turn.Release();
        }

        return await work(copy);
    }

    public override async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        await connection.DisposeAsync();
        turn.Dispose();
    }

    private static async Task<T> InTransaction<T>(Connection connection, Func<Connection, Task<T>> work)
    {
        await connection.Tell("BEGIN IMMEDIATE");
        try
        {
            var result = await work(connection);
            await connection.Tell("COMMIT");
            return result;
        }
        catch (Exception)
        {
            await connection.Tell("ROLLBACK");
            throw;
        }
    }
}
