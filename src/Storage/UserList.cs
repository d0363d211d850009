using System.Data.Common;
using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>
/// Pages of users. Every filter is a range of one index and every page starts where the last one ended, so
/// a page costs the same in a pool of any size, and users who come and go shift nothing.
/// </summary>
internal sealed class UserList(Database database, UserRows rows)
{
    private const string BySearch =
        $"""
        SELECT {UserRows.Columns}, s.value
        FROM user_search s JOIN users u ON u.pool_id = s.pool_id AND u.sub = s.sub
        WHERE s.pool_id = @pool_id AND s.attribute = @attribute
          AND (s.value, s.sub) > (@after_value, @after_sub) AND s.value < @to
        ORDER BY s.value, s.sub LIMIT @limit
        """;

    private const string ByUsername =
        $"""
        SELECT {UserRows.Columns}, u.username_key FROM users u
        WHERE u.pool_id = @pool_id AND u.username_key >= @from AND u.username_key < @to
        ORDER BY u.username_key LIMIT @limit
        """;

    private const string BySub =
        $"""
        SELECT {UserRows.Columns}, u.sub FROM users u
        WHERE u.pool_id = @pool_id AND u.sub >= @from AND u.sub < @to
        ORDER BY u.sub LIMIT @limit
        """;

    private const string ByStatus =
        $"""
        SELECT {UserRows.Columns}, u.status FROM users u
        WHERE u.pool_id = @pool_id
          AND (u.status, u.sub) > (@after_value, @after_sub) AND u.status < @to
        ORDER BY u.status, u.sub LIMIT @limit
        """;

    private const string ByEnabled =
        $"""
        SELECT {UserRows.Columns}, u.sub FROM users u
        WHERE u.pool_id = @pool_id AND u.enabled = @enabled AND u.sub > @after_sub
        ORDER BY u.sub LIMIT @limit
        """;

    public async Task<UserPage> Page(
        UserPool pool, UserFilter? filter, UserCursor? after, int limit, CancellationToken cancellation)
    {
        if (Query(pool, filter, after) is not { } statement) return new([], null);
        // One more than asked for tells whether another page follows.
        var found = await statement
            .With("pool_id", pool.Id)
            .With("limit", limit + 1)
            .All(Read, cancellation);
        if (found.Count <= limit) return new([.. found.Select(each => each.User)], null);
        var last = found[limit - 1];
        return new(
            [.. found.Take(limit).Select(each => each.User)], new UserCursor(last.Key, last.User.Sub));
    }

    /// <summary>Null where nothing can match.</summary>
    private Statement? Query(UserPool pool, UserFilter? filter, UserCursor? after) => filter?.Attribute switch
    {
        null => ByKey(BySub, KeyRange.All, after),
        AttributeNames.Sub => ByKey(BySub, Range(filter, filter.Value), after),
        UserFilter.Username => ByKey(ByUsername, Range(filter, pool.Fold(filter.Value)), after),
        UserFilter.UserStatus => ByKeyAndSub(ByStatus, Range(filter, filter.Value.ToUpperInvariant()), after),
        UserFilter.Status => ByEnabledState(filter, after),
        var attribute => ByKeyAndSub(BySearch, Range(filter, KeyText.ForSearch(filter.Value)), after)
            .With("attribute", attribute),
    };

    private Statement ByKey(string sql, KeyRange range, UserCursor? after) => database.Sql(sql)
        .With("from", after is null ? range.From : KeyRange.Successor(after.Value))
        .With("to", range.To);

    // The first page begins before the first user with the lowest value: every sub is greater than nothing.
    private Statement ByKeyAndSub(string sql, KeyRange range, UserCursor? after) => database.Sql(sql)
        .With("after_value", after?.Value ?? range.From)
        .With("after_sub", after?.Sub ?? "")
        .With("to", range.To);

    private Statement? ByEnabledState(UserFilter filter, UserCursor? after)
    {
        var enabled = Matches(filter, "Enabled");
        var disabled = Matches(filter, "Disabled");
        if (enabled && disabled) return ByKey(BySub, KeyRange.All, after);
        if (!enabled && !disabled) return null;
        return database.Sql(ByEnabled).With("enabled", enabled ? 1 : 0).With("after_sub", after?.Sub ?? "");
    }

    private static bool Matches(UserFilter filter, string state) =>
        filter.Operator == UserFilterOperator.Equals
            ? state == filter.Value
            : state.StartsWith(filter.Value, StringComparison.Ordinal);

    private static KeyRange Range(UserFilter filter, string key)
    {
        // No key holds a zero character, and PostgreSQL refuses it even as a bound.
        var bound = key.Replace("\0", "", StringComparison.Ordinal);
        return filter.Operator == UserFilterOperator.Equals
            ? KeyRange.Exactly(bound)
            : KeyRange.StartingWith(bound);
    }

    private (User User, string Key) Read(DbDataReader row) =>
        (rows.Read(row), row.Text(UserRows.ColumnCount));
}
