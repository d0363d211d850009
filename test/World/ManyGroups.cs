namespace Lifeguard.Worlds;

/// <summary>Groups by the thousand, which calls would take too long to create.</summary>
public static class ManyGroups
{
    private const string Add =
        """
        WITH RECURSIVE numbers (number) AS (
          SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < @count)
        INSERT INTO user_group (
          pool_id, group_id, name, document, created_ms, modified_ms, version, deleted_ms)
        SELECT @pool_id, 'id-' || number, 'many-' || number, '{}', 0, 0, 0, NULL FROM numbers
        """;

    /// <summary>Gives the pool groups <c>many-1</c> to <c>many-<paramref name="count"/></c>.</summary>
    public static Task Create(World world, string poolId, int count) => world.Database.Write(
        transaction => transaction.Sql(Add)
            .With("pool_id", poolId)
            .With("count", count)
            .Execute(CancellationToken.None),
        CancellationToken.None);
}
