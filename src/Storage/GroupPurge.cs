namespace Lifeguard.Storage;

/// <summary>Removes what is left of deleted groups, a bounded number of rows at a time.</summary>
internal sealed class GroupPurge(Database database)
{
    private const string HasMembers =
        "EXISTS (SELECT 1 FROM group_member m WHERE m.pool_id = g.pool_id AND m.group_id = g.group_id)";

    private const string Next =
        $"""
        SELECT g.pool_id, g.group_id FROM user_group g
        WHERE g.deleted_ms IS NOT NULL AND {HasMembers}
        ORDER BY g.deleted_ms LIMIT 1
        """;

    private const string RemoveMembers =
        """
        DELETE FROM group_member WHERE pool_id = @pool_id AND group_id = @group_id AND sub IN (
          SELECT sub FROM group_member WHERE pool_id = @pool_id AND group_id = @group_id
          ORDER BY sub LIMIT @limit)
        """;

    // Not at once: an addition that was under way when the group was deleted may still put a member in, whom
    // nobody would find without the group.
    private const string RemoveGroups =
        $"""
        DELETE FROM user_group WHERE (pool_id, group_id) IN (
          SELECT g.pool_id, g.group_id FROM user_group g
          WHERE g.deleted_ms < @before AND NOT {HasMembers}
          ORDER BY g.deleted_ms LIMIT @limit)
        """;

    public async Task<int> Some(DateTimeOffset deletedBefore, int limit, CancellationToken cancellation)
    {
        var members = 0;
        while (members < limit && await Find(cancellation) is { } group)
        {
            var removed = await Empty(group, limit - members, cancellation);
            // Another node is at it.
            if (removed == 0) break;
            members += removed;
        }

        var groups = await database.Write(
            transaction => transaction.Sql(RemoveGroups)
                .With("before", deletedBefore)
                .With("limit", limit)
                .Execute(cancellation),
            cancellation);
        return Math.Max(members, groups);
    }

    private Task<Remains?> Find(CancellationToken cancellation) =>
        database.Sql(Next).First(row => new Remains(row.Text(0), row.Text(1)), cancellation);

    private Task<int> Empty(Remains group, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveMembers)
            .With("pool_id", group.PoolId)
            .With("group_id", group.GroupId)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private sealed record Remains(string PoolId, string GroupId);
}
