using System.Data.Common;
using System.Globalization;

namespace Lifeguard.Storage;

/// <summary>
/// One INSERT for several rows, because each statement is a round trip on PostgreSQL; for few, because
/// SQLite's driver looks up each parameter by its name among all. It comes in a few sizes only, so that
/// statements are prepared once and not anew for every number of rows.
/// </summary>
/// <param name="head">Up to VALUES.</param>
/// <param name="row">One row in parentheses, with <c>#</c> where the number of the row goes.</param>
/// <param name="tail">After the rows.</param>
internal sealed class ManyRows(string head, string row, string tail = "")
{
    private static readonly int[] Sizes = [8, 4, 2, 1];

    private readonly Dictionary<int, string> texts =
        Sizes.ToDictionary(static size => size, size => Text(head, row, tail, size));

    /// <summary>Inserts all <paramref name="items"/>; returns what RETURNING gives.</summary>
    /// <param name="bind">Gives the parameters of an item, whose names end in its number.</param>
    public async Task<IReadOnlyList<TResult>> Insert<TItem, TResult>(
        Transaction transaction,
        IReadOnlyList<TItem> items,
        Action<Statement, TItem, string> bind,
        Func<DbDataReader, TResult> read,
        CancellationToken cancellation)
    {
        var returned = new List<TResult>();
        for (var first = 0; first < items.Count;)
        {
            var size = Array.Find(Sizes, size => size <= items.Count - first);
            var statement = transaction.Sql(texts[size]);
            for (var i = 0; i < size; i++) bind(statement, items[first + i], Number(i));
            returned.AddRange(await statement.All(read, cancellation));
            first += size;
        }

        return returned;
    }

    /// <summary>Inserts all <paramref name="items"/>.</summary>
    public Task Insert<TItem>(
        Transaction transaction,
        IReadOnlyList<TItem> items,
        Action<Statement, TItem, string> bind,
        CancellationToken cancellation) => Insert(transaction, items, bind, static _ => 0, cancellation);

    private static string Text(string head, string row, string tail, int size)
    {
        var rows = Enumerable.Range(0, size)
            .Select(i => row.Replace("#", Number(i), StringComparison.Ordinal));
        return $"{head} VALUES {string.Join(", ", rows)} {tail}";
    }

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
}
