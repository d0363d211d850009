using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Transfer;

/// <summary>Reads the rows of a pool out of a snapshot, page by page in the order of their keys, and opens
/// what is sealed.</summary>
internal sealed class PoolRowReader(Sealer sealer, Transaction snapshot, string poolId)
{
    /// <summary>The row of the pool; null where there is none, or it has been deleted.</summary>
    public Task<PoolRow?> Pool(CancellationToken cancellation) => snapshot
        .Sql($"{Select(PoolCatalogue.Pool)} AND deleted_ms IS NULL")
        .With("pool_id", poolId)
        .First(row => Read(PoolCatalogue.Pool, row), cancellation);

    /// <summary>All rows of a table in pages, of which none is empty.</summary>
    public async IAsyncEnumerable<IReadOnlyList<PoolRow>> Pages(
        PoolTable table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<PoolRow> page = [];
        do
        {
            page = await Page(table, page.Count == 0 ? null : page[^1], cancellation);
            if (page.Count > 0) yield return page;
        }
        while (page.Count == table.PageSize);
    }

    private async Task<IReadOnlyList<PoolRow>> Page(
        PoolTable table, PoolRow? last, CancellationToken cancellation)
    {
        // A table with one row a pool needs no key besides the pool.
        var keys = string.Join(", ", table.Keys.Select(key => key.Name).DefaultIfEmpty("pool_id"));
        var after = string.Join(", ", table.Keys.Select((_, i) => "@" + After(i)));
        var beyond = last is null ? "" : $"AND ({keys}) > ({after})";
        var statement = snapshot.Sql($"{Select(table)} {beyond} ORDER BY {keys} LIMIT @limit")
            .With("pool_id", poolId)
            .With("limit", table.PageSize);
        if (last is not null)
        {
            for (var i = 0; i < table.Keys.Count; i++)
                statement.With(After(i), table.Keys[i].Type, last[table.Keys[i].Name]);
        }

        return await statement.All(row => Read(table, row), cancellation);
    }

    private PoolRow Read(PoolTable table, DbDataReader row)
    {
        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Value(table.Columns[i].Type, row, i);
        var read = new PoolRow(table, values);
        for (var i = 0; i < values.Length; i++)
        {
            if (table.Columns[i].Seal is { } seal && values[i] is byte[] box)
                values[i] = sealer.MustOpen(seal.Purpose, seal.Owner(poolId, read), box);
        }

        return read;
    }

    private static object? Value(ColumnType type, DbDataReader row, int column) => type switch
    {
        _ when row.IsDBNull(column) => null,
        ColumnType.Text => row.Text(column),
        ColumnType.Number => row.Number(column),
        _ => row.Bytes(column),
    };

    private static string Select(PoolTable table) =>
        $"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {table.Name} "
        + "WHERE pool_id = @pool_id";

    private static string After(int key) => "after" + key.ToString(CultureInfo.InvariantCulture);
}
