using System.Data;
using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lifeguard.Storage.Engines;

/// <summary>
/// PostgreSQL 15 and later, and what speaks like it. READ COMMITTED is enough: every invariant rests on a
/// unique key, a version check or a conditional UPDATE, never on what another row looked like before; a
/// number of rows counts only while the row they belong to is held.
/// </summary>
internal sealed class PostgresEngine : Engine
{
    private readonly NpgsqlDataSource source;
    private readonly PostgresListener listener;
    private readonly ILogger logger;

    public PostgresEngine(
        string connectionString, Action<string?> onChange, TimeProvider clock, ILogger logger)
    {
        this.logger = logger;
        var builder = new NpgsqlSlimDataSourceBuilder(WithDefaults(connectionString));
        builder.EnableTransportSecurity();
        source = builder.Build();
        listener = new PostgresListener(source, onChange, clock, logger);
    }

    public override Dialect Dialect { get; } = new PostgresDialect();

    public override async Task<T> Read<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await work(new Connection(connection, keepsCommands: false));
    }

    public override async Task<T> Write<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        var result = await work(new Connection(connection, keepsCommands: false));
        // A commit that was cancelled half-way would leave its outcome unknown.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public override async Task<T> Snapshot<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var open = new Connection(connection, keepsCommands: false);
        await open.Tell("SET TRANSACTION READ ONLY", cancellation);
        // The state is that of the first question, not of the beginning.
        await open.Tell("SELECT 1", cancellation);
        return await work(open);
    }

    public override async Task Announce(string change)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT pg_notify(@channel, @change)");
            command.Parameters.AddWithValue("channel", PostgresListener.Channel);
            command.Parameters.AddWithValue("change", change);
            await command.ExecuteNonQueryAsync();
        }
        catch (DbException error)
        {
            // The change itself is committed, and the other nodes' caches expire within seconds.
            logger.LogWarning(error, "Other nodes could not be told of a change");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        await source.DisposeAsync();
    }

    private static string WithDefaults(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 200;
        // A connection that only listens would not notice that the other side is gone.
        if (settings.KeepAlive == 0) settings.KeepAlive = 30;
        // Of several hosts only the primary may answer: a standby can lag behind what was acknowledged.
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true)
            settings.TargetSessionAttributes ??= "primary";
        return settings.ConnectionString;
    }
}
