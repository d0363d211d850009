using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Lifeguard.Storage.Engines;

/// <summary>A parameter of a statement. The type is given even for null: PostgreSQL refuses an untyped null
/// (42P08).</summary>
internal readonly record struct Parameter(string Name, DbType Type, object? Value);

/// <summary>An open connection that runs one statement at a time.</summary>
/// <param name="keepsCommands">Prepared statements are kept for the life of the connection. For SQLite;
/// Npgsql keeps its own.</param>
internal sealed class Connection(DbConnection inner, bool keepsCommands) : IAsyncDisposable
{
    private readonly DbConnection inner = inner;
    private readonly Dictionary<string, DbCommand> kept = [];

    public async Task<T> Run<T>(string sql, IReadOnlyList<Parameter> parameters, Func<DbCommand, Task<T>> use)
    {
        var command = CommandFor(sql);
        try
        {
            foreach (var parameter in parameters) Add(command, parameter);
            return await use(command);
        }
        finally
        {
            if (keepsCommands) command.Parameters.Clear();
            else await command.DisposeAsync();
        }
    }

    /// <summary>Runs a text without parameters or results, such as <c>BEGIN</c>.</summary>
    public Task Tell(string sql, CancellationToken cancellation = default) =>
        Run(sql, [], command => command.ExecuteNonQueryAsync(cancellation));

    /// <summary>Copies a whole SQLite database to <paramref name="other"/>.</summary>
    public void CopyTo(Connection other) =>
        ((SqliteConnection)inner).BackupDatabase((SqliteConnection)other.inner);

    public async ValueTask DisposeAsync()
    {
        foreach (var command in kept.Values) await command.DisposeAsync();
        await inner.DisposeAsync();
    }

    private DbCommand CommandFor(string sql)
    {
        if (kept.TryGetValue(sql, out var command)) return command;
        command = inner.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of the stores; values always travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (keepsCommands) kept.Add(sql, command);
        return command;
    }

    private static void Add(DbCommand command, Parameter given)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = given.Name;
        parameter.DbType = given.Type;
        parameter.Value = given.Value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
