namespace Lifeguard.Storage.Transfer;

internal enum ColumnType
{
    Text,
    Number,
    Bytes,
}

/// <summary>A column of a table that travels, besides <c>pool_id</c>.</summary>
internal sealed record PoolColumn(string Name, ColumnType Type)
{
    /// <summary>Part of the table's key within a pool.</summary>
    public bool IsKey { get; private init; }

    /// <summary>Names an app client, so a clone has another value here.</summary>
    public bool IsClientId { get; private init; }

    /// <summary>How it is sealed; null where it stands in clear.</summary>
    public ColumnSeal? Seal { get; private init; }

    /// <summary>Bytes that are no secret.</summary>
    public bool IsPublic { get; private init; }

    /// <summary>Taken where the file is older than the column.</summary>
    public object? Default { get; private init; }

    /// <summary>The column was added later, so files may lack it.</summary>
    public bool HasDefault { get; private init; }

    public static PoolColumn Text(string name) => new(name, ColumnType.Text);

    public static PoolColumn Number(string name) => new(name, ColumnType.Number);

    /// <summary>Bytes that are a secret: opened on the way out, sealed with the new deployment's key on the
    /// way in.</summary>
    /// <param name="purpose">As the store seals them.</param>
    /// <param name="ownerColumns">The store's owner: the pool id and these, with slashes between.</param>
    public static PoolColumn Sealed(string name, string purpose, params IReadOnlyList<string> ownerColumns) =>
        new(name, ColumnType.Bytes) { Seal = new(purpose, ownerColumns) };

    /// <summary>Bytes that anybody may see, such as an image.</summary>
    public static PoolColumn Public(string name) => new(name, ColumnType.Bytes) { IsPublic = true };

    public PoolColumn Key() => this with { IsKey = true };

    public PoolColumn ClientId() => this with { IsClientId = true };

    /// <summary>For a column of a later version than the table: what it holds in rows of older files.
    /// </summary>
    public PoolColumn Else(object? value) => this with { Default = value, HasDefault = true };
}

/// <summary>What a sealed column is bound to.</summary>
internal sealed record ColumnSeal(string Purpose, IReadOnlyList<string> OwnerColumns)
{
    public string Owner(string poolId, PoolRow row) =>
        string.Join('/', OwnerColumns.Select(column => (string)row[column]!).Prepend(poolId));
}
