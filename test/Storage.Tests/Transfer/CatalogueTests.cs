using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage.Tests.Transfer;

/// <summary>Whoever adds a table or a column of pools is told here that exports, imports and clones have to
/// know it.</summary>
public sealed class CatalogueTests
{
    private const string Mend = "Describe it in src/Storage/Transfer/PoolCatalogue.cs";

    [Fact]
    public async Task Every_table_with_a_pool_id_is_in_the_catalogue()
    {
        await using var stores = await Stores.Open(DatabaseKind.Memory);
        var known = PoolCatalogue.Tables.Append(PoolCatalogue.Pool).Select(table => table.Name);

        var unknown = (await TablesOfPools(stores)).Except(known);

        Assert.True(!unknown.Any(), $"{Mend}, or say there why it stays: {string.Join(", ", unknown)}");
    }

    [Fact]
    public async Task Every_column_of_a_table_that_travels_is_in_the_catalogue()
    {
        await using var stores = await Stores.Open(DatabaseKind.Memory);

        foreach (var table in PoolCatalogue.Travelling)
        {
            var columns = await Columns(stores, table.Name);
            string[] described =
                ["pool_id", .. table.Columns.Select(column => column.Name), .. table.LeftOut];
            var difference = columns.Select(column => column.Name)
                .Except(described)
                .Concat(described.Except(columns.Select(column => column.Name)));
            Assert.True(
                !difference.Any(), $"{Mend}: columns of {table.Name}: {string.Join(", ", difference)}");
        }
    }

    [Fact]
    public async Task Every_column_is_of_the_type_that_the_catalogue_says()
    {
        await using var stores = await Stores.Open(DatabaseKind.Memory);

        foreach (var table in PoolCatalogue.Travelling)
        {
            var types = (await Columns(stores, table.Name))
                .ToDictionary(column => column.Name, column => column.Type);
            foreach (var column in table.Columns)
            {
                var type = column.Type switch
                {
                    ColumnType.Text => "TEXT",
                    ColumnType.Number => "INTEGER",
                    _ => "BLOB",
                };
                Assert.True(type == types[column.Name], $"{Mend}: type of {table.Name}.{column.Name}");
            }
        }
    }

    [Fact]
    public void Every_column_that_holds_a_secret_says_how_it_is_sealed()
    {
        // By the convention of the migrations these are the columns called "sealed"; other bytes are for
        // everybody, or would be keyed hashes, which mean nothing to another deployment.
        var offenders =
            from table in PoolCatalogue.Travelling
            from column in table.Columns
            where column.Type == ColumnType.Bytes && column.Seal is null && !column.IsPublic
            select $"{table.Name}.{column.Name}";

        Assert.Empty(offenders);
    }

    [Fact]
    public async Task Rows_are_read_in_the_order_of_the_primary_key()
    {
        await using var stores = await Stores.Open(DatabaseKind.Memory);

        foreach (var table in PoolCatalogue.Travelling)
        {
            var key = (await Columns(stores, table.Name))
                .Where(column => column.KeyPlace > 0)
                .OrderBy(column => column.KeyPlace)
                .Select(column => column.Name);
            Assert.Equal(key, table.Keys.Select(column => column.Name).Prepend("pool_id"));
        }
    }

    [Fact]
    public async Task What_is_brought_in_can_be_taken_out_again()
    {
        await using var stores = await Stores.Open(DatabaseKind.Memory);
        string[] purged = [.. Tables.OfPools.Select(each => each.Table), "user_pool", "pool_import"];

        Assert.Empty((await TablesOfPools(stores)).Except(purged));
    }

    [Fact]
    public void Clients_come_before_what_refers_to_them_and_the_pool_comes_last()
    {
        var first = PoolCatalogue.Tables.First(table => table.Columns.Any(column => column.IsClientId));

        Assert.Equal("app_client", first.Name);
        Assert.Same(PoolCatalogue.Pool, PoolCatalogue.Travelling[^1]);
    }

    private static Task<List<string>> TablesOfPools(Stores stores) => stores.Database.Sql(
        """
        SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.name = 'pool_id' ORDER BY m.name
        """).All(row => row.Text(0), Stores.Cancellation);

    private static Task<List<Column>> Columns(Stores stores, string table) => stores.Database
        .Sql("SELECT name, type, pk FROM pragma_table_info(@table)")
        .With("table", table)
        .All(row => new Column(row.Text(0), row.Text(1), row.Number(2)), Stores.Cancellation);

    private sealed record Column(string Name, string Type, long KeyPlace);
}
