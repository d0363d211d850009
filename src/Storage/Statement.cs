using System.Data;
using System.Data.Common;
using Lifeguard.Storage.Engines;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage;

/// <summary>One SQL text with its parameters, built up and run once.</summary>
internal sealed class Statement
{
    private readonly string text;
    private readonly Database? database;
    private readonly Transaction? transaction;
    private readonly List<Parameter> parameters = [];

    public Statement(string text, Database database) => (this.text, this.database) = (text, database);

    public Statement(string text, Transaction transaction) =>
        (this.text, this.transaction) = (text, transaction);

    public Statement With(string name, string? value) => Add(name, DbType.String, value);

    public Statement With(string name, long? value) => Add(name, DbType.Int64, value);

    public Statement With(string name, byte[]? value) => Add(name, DbType.Binary, value);

    /// <summary>An instant, stored in Unix milliseconds.</summary>
    public Statement With(string name, DateTimeOffset? value) => With(name, value?.ToUnixTimeMilliseconds());

    /// <summary>A value of a column that is known by its type alone.</summary>
    public Statement With(string name, ColumnType type, object? value) => type switch
    {
        ColumnType.Text => With(name, (string?)value),
        ColumnType.Number => With(name, (long?)value),
        _ => With(name, (byte[]?)value),
    };

    /// <summary>Runs it; returns how many rows were changed.</summary>
    public Task<int> Execute(CancellationToken cancellation) =>
        Run(command => command.ExecuteNonQueryAsync(cancellation), cancellation);

    /// <summary>The first row; null where there is none.</summary>
    public Task<T?> First<T>(Func<DbDataReader, T> read, CancellationToken cancellation)
        where T : class => Run(
        async command =>
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation) ? read(reader) : null;
        },
        cancellation);

    /// <summary>Every row.</summary>
    public Task<List<T>> All<T>(Func<DbDataReader, T> read, CancellationToken cancellation) => Run(
        async command =>
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
            return rows;
        },
        cancellation);

    /// <summary>The number in the first column of the first row; null where there is no row.</summary>
    public Task<long?> Number(CancellationToken cancellation) => Run(
        async command =>
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : (long?)null;
        },
        cancellation);

    private Statement Add(string name, DbType type, object? value)
    {
        parameters.Add(new Parameter(name, type, value));
        return this;
    }

    private Task<T> Run<T>(Func<DbCommand, Task<T>> use, CancellationToken cancellation) =>
        transaction is null
            ? database!.Read(connection => connection.Run(text, parameters, use), cancellation)
            : transaction.Run(connection => connection.Run(text, parameters, use));
}
