namespace Lifeguard.Worlds;

/// <summary>Looks behind a world's back, for tests of what is stored and what is left behind.</summary>
public static class RowCounts
{
    /// <summary>How many rows a table holds.</summary>
    public static async Task<int> Of(World world, string table) =>
        (int)(await world.Database.Sql($"SELECT COUNT(*) FROM {table}").Number(CancellationToken.None))!;

    /// <summary>The first column of what a statement finds, as text.</summary>
    public static Task<List<string>> Look(World world, string sql) =>
        world.Database.Sql(sql).All(row => row.GetValue(0).ToString()!, CancellationToken.None);

    /// <summary>The first column of what a statement finds, as bytes.</summary>
    public static Task<List<byte[]>> Bytes(World world, string sql) =>
        world.Database.Sql(sql).All(row => row.GetFieldValue<byte[]>(0), CancellationToken.None);

    /// <summary>Changes rows as no part of the system would.</summary>
    public static Task Execute(World world, string sql) => world.Database.Write(
        transaction => transaction.Sql(sql).Execute(CancellationToken.None), CancellationToken.None);
}
