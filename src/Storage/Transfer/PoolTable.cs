namespace Lifeguard.Storage.Transfer;

/// <summary>What part of a pool a table holds, which decides whether a clone has it.</summary>
internal enum PoolPart
{
    /// <summary>Every clone has it.</summary>
    Configuration,

    /// <summary>A clone has it where users are wanted.</summary>
    Users,

    /// <summary>No clone has it: it belongs to tokens and sign-ins under the old pool id.</summary>
    SignIns,

    /// <summary>Not even an export has it.</summary>
    Stays,
}

/// <summary>A table whose rows belong to pools.</summary>
internal sealed class PoolTable
{
    private readonly Dictionary<string, int> places = [];

    private PoolTable(string name, PoolPart part, IReadOnlyList<PoolColumn> columns)
    {
        (Name, Part, Columns) = (name, part, columns);
        Keys = [.. columns.Where(column => column.IsKey)];
        for (var i = 0; i < columns.Count; i++) places.Add(columns[i].Name, i);
    }

    public string Name { get; }

    public PoolPart Part { get; }

    /// <summary>All columns that travel, without <c>pool_id</c>.</summary>
    public IReadOnlyList<PoolColumn> Columns { get; }

    /// <summary>The columns that name a row within a pool, in the order of the primary key.</summary>
    public IReadOnlyList<PoolColumn> Keys { get; }

    /// <summary>Columns that are meaningless elsewhere.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>So many rows are in memory at once.</summary>
    public int PageSize { get; private init; } = 200;

    /// <summary>Why the rows stay where they are; null where they travel.</summary>
    public string? WhyItStays { get; private init; }

    public static PoolTable Of(PoolPart part, string name, params IReadOnlyList<PoolColumn> columns) =>
        new(name, part, columns);

    public static PoolTable Staying(string name, string why) =>
        new(name, PoolPart.Stays, []) { WhyItStays = why };

    public PoolTable Without(params IReadOnlyList<string> columns) =>
        new(Name, Part, Columns) { LeftOut = columns };

    /// <summary>For rows that are large.</summary>
    public PoolTable InPagesOf(int rows) => new(Name, Part, Columns) { PageSize = rows };

    /// <summary>A row of this table; every column is given.</summary>
    public PoolRow Row(params ReadOnlySpan<(string Column, object? Value)> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Columns.Count);
        var row = new object?[Columns.Count];
        foreach (var (column, value) in values) row[places[column]] = value;
        return new(this, row);
    }

    /// <summary>The place of a column in a row; negative where there is none of that name.</summary>
    public int PlaceOf(string column) => places.GetValueOrDefault(column, -1);
}

/// <summary>A row with its values in the order of the table's columns, secrets opened.</summary>
internal sealed record PoolRow(PoolTable Table, object?[] Values)
{
    public object? this[string column] => Values[Table.PlaceOf(column)];

    public PoolRow With(string column, object? value)
    {
        var values = (object?[])Values.Clone();
        values[Table.PlaceOf(column)] = value;
        return new(Table, values);
    }

    /// <summary>Never prints its values: secrets are among them.</summary>
    public override string ToString() => $"row of {Table.Name}";
}
