using Lifeguard.Domain;
using Lifeguard.Domain.Groups;

namespace Lifeguard.Storage.Tests;

public sealed class GroupStoreTests
{
    [Theory, EachDatabase]
    public async Task A_group_comes_back_as_it_was_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var bare = await stores.Add(Sample.Group(pool, "bare"));
        var full = await stores.Add(Sample.Group(pool, "Ärzte😀") with
        {
            Description = "a\0b \"😀\"\n",
            RoleArn = "arn:aws:iam::000000000000:role/r",
            Precedence = int.MaxValue,
            ModifiedAt = Sample.Then.AddMilliseconds(1),
        });

        Assert.Equal(bare, await Get(stores, bare));
        Assert.Equal(full, await Get(stores, full));
        var changed = full with { Description = "", RoleArn = null, Precedence = 0 };
        await stores.Write(transaction => stores.Groups.Update(transaction, changed, Stores.Cancellation));
        Assert.Equal(changed with { Version = 1 }, await Get(stores, full));
        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Groups.Update(transaction, full, Stores.Cancellation)));
    }

    [Theory, EachDatabase]
    public async Task A_name_belongs_to_one_group_of_a_pool(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var other = await stores.Add(Sample.AliasPool());

        Assert.True(await Insert(stores, Sample.Group(pool, "a")));
        Assert.False(await Insert(stores, Sample.Group(pool, "a")));
        Assert.True(await Insert(stores, Sample.Group(pool, "A")));
        Assert.True(await Insert(stores, Sample.Group(other, "a")));
        await stores.Write(async transaction => Assert.Equal(
            2, await stores.Groups.Count(transaction, pool.Id, Stores.Cancellation)));
    }

    [Theory, EachDatabase]
    public async Task Groups_are_listed_in_the_order_of_code_points_without_the_deleted(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var user = await stores.Add(pool, Sample.User(pool, "ana"));
        foreach (var name in (string[])["é", "bob", "😀", "_x", "\ufffd", "gone", "Zed", "alice"])
            await stores.Join(await stores.Add(Sample.Group(pool, name)), user.Sub);
        await Delete(stores, await stores.Groups.Get(pool.Id, "gone", Stores.Cancellation));
        await stores.Add(Sample.Group(pool, "empty"));
        string[] expected = ["Zed", "_x", "alice", "bob", "é", "\ufffd", "😀"];

        var ofUser = await All(after => stores.Groups.ListOfUser(
            pool.Id, user.Sub, after, 2, Stores.Cancellation));
        var ofPool = await All(after => stores.Groups.List(pool.Id, after, 3, Stores.Cancellation));

        Assert.Equal(expected, ofUser);
        Assert.Equal([.. expected[..4], "empty", .. expected[4..]], ofPool);
    }

    [Theory, EachDatabase]
    public async Task A_group_of_an_earlier_name_has_none_of_its_members(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var user = await stores.Add(pool, Sample.User(pool, "ana"));
        var first = await stores.Add(Sample.Group(pool, "g"));
        await stores.Join(first, user.Sub);

        await Delete(stores, first);
        await Assert.ThrowsAsync<ConflictException>(() => Delete(stores, first));
        Assert.Empty(await stores.Groups.OfUser(pool.Id, user.Sub, Stores.Cancellation));
        var second = await stores.Add(Sample.Group(pool, "g"));

        Assert.Equal(second.Id, (await Get(stores, second)).Id);
        Assert.Empty(await Members(stores, second));
        Assert.False(await stores.Groups.HasMember(second, user.Sub, Stores.Cancellation));
        await stores.Write(async transaction => Assert.Equal(
            0, await stores.Groups.CountOf(transaction, pool.Id, user.Sub, Stores.Cancellation)));
    }

    [Theory, EachDatabase]
    public async Task Deleted_groups_are_purged_in_steps_and_others_left_alone(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var (large, small, kept) = (
            await stores.Add(Sample.Group(pool, "large")),
            await stores.Add(Sample.Group(pool, "small")),
            await stores.Add(Sample.Group(pool, "kept")));
        for (var i = 0; i < 7; i++)
        {
            var user = await stores.Add(pool, Sample.User(pool, $"u{i}"));
            await stores.Join(large, user.Sub);
            await stores.Join(kept, user.Sub);
            if (i < 2) await stores.Join(small, user.Sub);
        }

        await Delete(stores, large);
        await Delete(stores, small);

        var removed = new List<int>();
        do removed.Add(await stores.Groups.Sweep(stores.Now, 4, Stores.Cancellation));
        while (removed[^1] > 0);
        Assert.Equal([4, 4, 1, 0], removed);
        Assert.Equal(3, await Count(stores, "user_group"));
        stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, await stores.Groups.Sweep(stores.Now, 4, Stores.Cancellation));
        Assert.Equal(1, await Count(stores, "user_group"));
        Assert.Equal(7, (await Members(stores, kept)).Count);
    }

    [Theory, EachDatabase]
    public async Task Members_who_come_and_go_shift_nobody_between_pages(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var group = await stores.Add(Sample.Group(pool, "g"));
        var staying = new HashSet<string>();
        for (var i = 0; i < 12; i++) staying.Add(await Member(stores, pool, group));

        var seen = new List<string>();
        string? after = null;
        while (true)
        {
            var page = await stores.Groups.ListMembers(group, after, 3, Stores.Cancellation);
            if (page.Count == 0) break;
            seen.AddRange(page.Select(user => user.Sub));
            after = seen[^1];
            await Member(stores, pool, group);
            var gone = await stores.Users.FindBySub(
                pool.Id, await Member(stores, pool, group), Stores.Cancellation);
            await stores.Write(
                transaction => stores.Users.Delete(transaction, gone!, Stores.Cancellation));
        }

        Assert.Equal(seen.Order(StringComparer.Ordinal).Distinct(), seen);
        Assert.Subset(seen.ToHashSet(), staying);
    }

    [Theory, EachDatabase]
    public async Task Nobody_is_put_into_a_group_and_deleted_at_once(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var group = await stores.Add(Sample.Group(pool, "g"));
        var users = new List<User>();
        for (var i = 0; i < 25; i++) users.Add(await stores.Add(pool, Sample.User(pool, $"u{i}")));

        await Task.WhenAll(users.SelectMany(user => (Task[])
        [
            Task.Run(() => stores.Join(group, user.Sub)),
            Task.Run(() => stores.Write(
                transaction => stores.Users.Delete(transaction, user, Stores.Cancellation))),
        ]));

        Assert.Equal(0, await Count(stores, "users"));
        Assert.Equal(0, await Count(stores, "group_member"));
    }

    [Theory, EachDatabase]
    public async Task Who_is_held_by_one_waits_for_the_other(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var user = await stores.Add(pool, Sample.User(pool, "ana"));
        var groups = new List<Group>();
        for (var i = 0; i < 20; i++) groups.Add(await stores.Add(Sample.Group(pool, $"g{i:D2}")));

        var counts = await Task.WhenAll(groups.Select(group => Task.Run(() => stores.Database.Write(
            async transaction =>
            {
                await stores.Users.Hold(transaction, pool.Id, user.Sub, Stores.Cancellation);
                await stores.Groups.AddMember(transaction, group, user.Sub, Stores.Cancellation);
                return await stores.Groups.CountOf(transaction, pool.Id, user.Sub, Stores.Cancellation);
            },
            Stores.Cancellation))));

        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), counts.Order());
        // To be held is no change: nobody else's decision is void.
        await stores.Update(pool, user);
    }

    /// <summary>By the user or the group, never through all groups or users of the pool.</summary>
    [Theory]
    [InlineData(GroupStore.PageOfUser, "group_member", "group_member_sub (pool_id=? AND sub=?)")]
    [InlineData(GroupStore.PageOfUser, "g", "(pool_id=? AND group_id=?)")]
    [InlineData(GroupStore.PageOfMembers, "group_member", "(pool_id=? AND group_id=? AND sub>?)")]
    [InlineData(GroupStore.PageOfMembers, "u", "(pool_id=? AND sub=?)")]
    public async Task Memberships_are_found_by_an_index(string sql, string table, string expected)
    {
        await using var stores = await Stores.Open(DatabaseKind.Memory);

        var plan = await stores.Database.Sql("EXPLAIN QUERY PLAN " + sql)
            .With("pool_id", "p")
            .With("group_id", "g")
            .With("sub", "s")
            .With("after", "")
            .With("limit", 60)
            .All(row => row.GetString(3), Stores.Cancellation);

        var step = Assert.Single(
            plan, each => each.StartsWith($"SEARCH {table} ", StringComparison.Ordinal));
        Assert.Contains(expected, step, StringComparison.Ordinal);
        Assert.DoesNotContain(plan, each => each.StartsWith("SCAN u", StringComparison.Ordinal));
    }

    private static async Task<string> Member(Stores stores, UserPool pool, Group group)
    {
        var user = await stores.Add(pool, Sample.User(pool, Guid.NewGuid().ToString()));
        await stores.Join(group, user.Sub);
        return user.Sub;
    }

    private static async Task<List<string>> All(Func<string?, Task<IReadOnlyList<Group>>> list)
    {
        var names = new List<string>();
        while (await list(names.LastOrDefault()) is { Count: > 0 } page)
            names.AddRange(page.Select(group => group.Name));
        return names;
    }

    private static Task<IReadOnlyList<User>> Members(Stores stores, Group group) =>
        stores.Groups.ListMembers(group, null, 60, Stores.Cancellation);

    private static Task<Group> Get(Stores stores, Group group) =>
        stores.Groups.Get(group.PoolId, group.Name, Stores.Cancellation);

    private static Task<bool> Insert(Stores stores, Group group) => stores.Database.Write(
        transaction => stores.Groups.Insert(transaction, group, Stores.Cancellation), Stores.Cancellation);

    private static Task Delete(Stores stores, Group group) => stores.Write(
        transaction => stores.Groups.Delete(transaction, group, stores.Now, Stores.Cancellation));

    private static Task<long?> Count(Stores stores, string table) =>
        stores.Database.Sql($"SELECT COUNT(*) FROM {table}").Number(Stores.Cancellation);
}
