using Npgsql;

namespace Lifeguard.Clients;

/// <summary>A database of its own on a PostgreSQL server, dropped when it is disposed.</summary>
public sealed class ScratchPostgres : IAsyncDisposable
{
    private readonly string administrator;
    private readonly string name;

    private ScratchPostgres(string administrator, string name)
    {
        this.administrator = administrator;
        this.name = name;
        var own = new NpgsqlConnectionStringBuilder(administrator) { Database = name, MaxPoolSize = 20 };
        ConnectionString = own.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Makes an empty database.</summary>
    /// <param name="administrator">Connection string of somebody who may.</param>
    public static async Task<ScratchPostgres> Create(string administrator)
    {
        var name = $"program_{Guid.NewGuid():N}";
        await Execute(administrator, $"CREATE DATABASE {name}");
        return new(administrator, name);
    }

    /// <summary>Every row of every table as text, bytes in hexadecimal and in every text that they may
    /// be.</summary>
    public async Task<string> Everything()
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        var tables = new List<string>();
        await using (var command = source.CreateCommand(
            "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'"))
        {
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        }

        var dump = new StringWriter();
        await using var connection = await source.OpenConnectionAsync();
        foreach (var table in tables)
        {
            using var copy = await connection.BeginTextExportAsync($"COPY {table} TO STDOUT");
            await dump.WriteLineAsync($"-- {table}");
            await dump.WriteLineAsync(await copy.ReadToEndAsync());
        }

        return dump.ToString();
    }

    public async ValueTask DisposeAsync() =>
        await Execute(administrator, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private static async Task Execute(string administrator, string sql)
    {
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
