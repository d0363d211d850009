using System.Globalization;
using System.Text;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Transfer;

/// <summary>Puts rows into a pool, sealed with the active data key.</summary>
internal sealed class PoolRowWriter(Sealer sealer, string poolId)
{
    // Powers of two, so that few different texts are prepared whatever the number of rows. Several, because
    // each is a round trip on PostgreSQL; few, because SQLite's driver looks up each parameter by its name
    // among all.
    private const int MostInOneStatement = 8;

    /// <summary>The row as it is stored. Apart from <see cref="Insert"/>, so that no transaction waits for
    /// ciphers.</summary>
    public PoolRow Seal(PoolRow row)
    {
        var values = (object?[])row.Values.Clone();
        for (var i = 0; i < values.Length; i++)
        {
            if (row.Table.Columns[i].Seal is { } seal && values[i] is byte[] secret)
                values[i] = sealer.Seal(seal.Purpose, seal.Owner(poolId, row), secret);
        }

        return new(row.Table, values);
    }

    /// <summary>Inserts rows that <see cref="Seal"/> gave, those of a table next to each other.</summary>
    public async Task Insert(
        Transaction transaction, IReadOnlyList<PoolRow> stored, CancellationToken cancellation)
    {
        for (var at = 0; at < stored.Count;)
        {
            var count = RowsAlike(stored, at);
            await Insert(transaction, stored, at, count, cancellation);
            at += count;
        }
    }

    private async Task Insert(
        Transaction transaction,
        IReadOnlyList<PoolRow> stored,
        int from,
        int count,
        CancellationToken cancellation)
    {
        var table = stored[from].Table;
        var statement = transaction.Sql(InsertSql(table, count)).With("pool_id", poolId);
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < table.Columns.Count; column++)
            {
                statement.With(
                    Place(row, column), table.Columns[column].Type, stored[from + row].Values[column]);
            }
        }

        await statement.Execute(cancellation);
    }

    /// <summary>How many rows one statement takes: the largest power of two of the same table.</summary>
    private static int RowsAlike(IReadOnlyList<PoolRow> rows, int from)
    {
        var alike = 1;
        while (alike < MostInOneStatement && from + alike < rows.Count
            && rows[from + alike].Table == rows[from].Table)
        {
            alike++;
        }

        var count = MostInOneStatement;
        while (count > alike) count /= 2;
        return count;
    }

    private static string InsertSql(PoolTable table, int rows)
    {
        var sql = new StringBuilder($"INSERT INTO {table.Name} (pool_id");
        foreach (var column in table.Columns) sql.Append(", ").Append(column.Name);
        sql.Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(@pool_id" : ", (@pool_id");
            for (var column = 0; column < table.Columns.Count; column++)
                sql.Append(", @").Append(Place(row, column));
            sql.Append(')');
        }

        return sql.ToString();
    }

    private static string Place(int row, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"v{row}_{column}");
}
