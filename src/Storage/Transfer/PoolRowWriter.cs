using System.Collections.Concurrent;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Transfer;

/// <summary>Puts rows into a pool, sealed with the active data key.</summary>
internal sealed class PoolRowWriter(Sealer sealer, string poolId)
{
    private static readonly ConcurrentDictionary<PoolTable, ManyRows> Inserts = new();

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
            var table = stored[at].Table;
            PoolRow[] alike = [.. stored.Skip(at).TakeWhile(row => row.Table == table)];
            await Inserts.GetOrAdd(table, InsertInto).Insert(transaction, alike, Bind, cancellation);
            at += alike.Length;
        }
    }

    private void Bind(Statement statement, PoolRow row, string number)
    {
        statement.With("pool_id" + number, poolId);
        foreach (var (column, value) in row.Table.Columns.Zip(row.Values))
            statement.With(column.Name + number, column.Type, value);
    }

    private static ManyRows InsertInto(PoolTable table)
    {
        string[] columns = ["pool_id", .. table.Columns.Select(column => column.Name)];
        return new(
            $"INSERT INTO {table.Name} ({string.Join(", ", columns)})",
            $"({string.Join(", ", columns.Select(column => $"@{column}#"))})");
    }
}
