using System.Security.Cryptography;

namespace Lifeguard.Storage.Transfer;

/// <summary>Turns chunks into rows of this version's tables, and holds the end of the file against what came
/// before it.</summary>
internal sealed class PoolFileParser : IDisposable
{
    private const int MaxColumns = 100;

    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Declared> tables = [];

    /// <summary>What the end of the file says; null before it.</summary>
    public PoolContents? Contents { get; private set; }

    /// <summary>The rows of the next chunk.</summary>
    /// <exception cref="TransferException">It holds what this version does not know, or is
    /// malformed.</exception>
    public IReadOnlyList<PoolRow> Parse(PoolChunk chunk)
    {
        try
        {
            return Read(chunk);
        }
        catch (FormatException)
        {
            throw PoolFileReader.Malformed();
        }
    }

    public void Dispose() => digest.Dispose();

    private List<PoolRow> Read(PoolChunk chunk)
    {
        var rows = new List<PoolRow>();
        var reader = new RecordReader(chunk.Plaintext);
        while (!reader.IsAtEnd)
        {
            switch (reader.Kind())
            {
                case RecordKind.Table when chunk.Number == 0:
                    tables.Add(Declare(ref reader));
                    break;
                case RecordKind.Row:
                    rows.Add(Row(ref reader));
                    break;
                case RecordKind.End when chunk.IsLast:
                    Contents = End(ref reader);
                    break;
                default:
                    throw new FormatException();
            }
        }

        if (chunk.IsLast != (Contents is not null)) throw new FormatException();
        digest.AppendData(chunk.Plaintext);
        return rows;
    }

    private static Declared Declare(ref RecordReader reader)
    {
        var name = reader.Text();
        var count = reader.Count();
        if (count is < 1 or > MaxColumns) throw new FormatException();
        var table = PoolCatalogue.Find(name) ?? throw Newer(name);
        var places = new int[count];
        for (var i = 0; i < count; i++)
        {
            var column = reader.Text();
            places[i] = table.PlaceOf(column);
            if (places[i] < 0) throw Newer($"{name}.{column}");
        }

        foreach (var column in table.Columns)
        {
            if (!column.HasDefault && !places.Contains(table.PlaceOf(column.Name)))
                throw new FormatException();
        }

        return new(table, places);
    }

    private PoolRow Row(ref RecordReader reader)
    {
        var number = reader.Count();
        if (number < 0 || number >= tables.Count) throw new FormatException();
        var declared = tables[number];
        declared.Rows++;
        var columns = declared.Table.Columns;
        var values = new object?[columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = columns[i].Default;
        foreach (var place in declared.Places) values[place] = Typed(columns[place].Type, reader.Value());
        return new(declared.Table, values);
    }

    private PoolContents End(ref RecordReader reader)
    {
        var issuer = (string?)Typed(ColumnType.Text, reader.Value());
        var counts = new List<RowCount>();
        foreach (var declared in tables)
        {
            if (reader.Number() != declared.Rows) throw new FormatException();
            counts.Add(new(declared.Table.Name, declared.Rows));
        }

        return reader.Bytes().SequenceEqual(digest.GetHashAndReset())
            ? new(issuer, counts)
            : throw new FormatException();
    }

    private static object? Typed(ColumnType type, object? value) => (type, value) switch
    {
        (_, null) or (ColumnType.Text, string) or (ColumnType.Number, long) => value,
        (ColumnType.Bytes, byte[]) => value,
        _ => throw new FormatException(),
    };

    private static TransferException Newer(string what) => new(
        $"The file holds {what}, which this version of Lifeguard does not know; a newer one wrote it.");

    /// <summary>A table as the file describes it.</summary>
    /// <param name="Places">Where each of its columns stands in a row of ours.</param>
    private sealed record Declared(PoolTable Table, int[] Places)
    {
        public long Rows { get; set; }
    }
}
