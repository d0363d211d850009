using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class ListUsersInGroupTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_users_of_the_group_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await pool.InvitedUser("bob");
        await pool.ConfirmedUser("cleo");
        await world.Admin(pool, "AdminDisableUser", "ana");
        await world.CreateGroups(pool, "keepers", "others");
        await world.Join(pool, "ana", "keepers");
        await world.Join(pool, "bob", "keepers");
        await world.Join(pool, "cleo", "others");
        world.Transcript.Clear();

        var page = await world.Group(pool, "ListUsersInGroup", "keepers", new { Limit = 1 });
        await world.Group(
            pool,
            "ListUsersInGroup",
            "keepers",
            new { Limit = 1, NextToken = page["NextToken"]!.GetValue<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Shows_each_user_once_while_others_come_and_go(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await world.CreateGroups(pool, "keepers");
        string[] staying = ["a", "b", "c", "d", "e"];
        foreach (var name in (string[])[.. staying, "gone"])
        {
            await pool.InvitedUser(name);
            await world.Join(pool, name, "keepers");
        }

        var number = 0;
        var seen = await world.Pages(
            "ListUsersInGroup",
            new { UserPoolId = pool.Id, GroupName = "keepers", Limit = 2 },
            "Users",
            "Username",
            Churn);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(staying.Except(seen));

        async Task Churn()
        {
            if (number == 0) await world.Admin(pool, "AdminDeleteUser", "gone");
            if (number == 3) return;
            var name = $"new{number++}";
            await pool.InvitedUser(name);
            await world.Join(pool, name, "keepers");
        }
    }

    [Theory, EachDatabase]
    public async Task A_deleted_user_is_in_it_no_longer_and_neither_is_the_next_of_the_name(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.CreateGroups(pool, "keepers", "gone");
        await world.Join(pool, "ana", "keepers", "gone");
        await world.Group(pool, "DeleteGroup", "gone");

        var (_, rows) = await world.KindsOfRows(() => world.Admin(pool, "AdminDeleteUser", "ana"));
        await pool.ConfirmedUser("ana");

        Assert.Equal("-group_member -group_member -users", rows);
        Assert.Empty(await world.UsersIn(pool, "keepers"));
        Assert.Empty(await world.GroupsOf(pool, "ana"));
    }

    [Fact]
    public async Task Refuses_what_is_no_group_and_tokens_of_another()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await world.CreateGroups(pool, "keepers", "others");
        foreach (var name in (string[])["ana", "bob"])
        {
            await pool.InvitedUser(name);
            await world.Join(pool, name, "keepers", "others");
        }

        var page = await world.Group(pool, "ListUsersInGroup", "keepers", new { Limit = 1 });
        var token = page["NextToken"]!.GetValue<string>();

        Assert.Equal(GroupCalls.NoGroup, await Try(pool, "nothing", null));
        Assert.Equal(GroupCalls.NoPool, await Try(GroupCalls.Nowhere(world), "keepers", null));
        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request",
            await Try(pool, "others", token));
        Assert.Equal(
            "InvalidParameterException: Invalid pagination token.", await Try(pool, "keepers", "garbage"));
        Assert.Equal("200", await Try(pool, "keepers", token));

        async Task<string> Try(TestPool where, string group, string? next) => (await world.Group(
            where, "ListUsersInGroup", group, new { NextToken = next })).ToString();
    }
}
