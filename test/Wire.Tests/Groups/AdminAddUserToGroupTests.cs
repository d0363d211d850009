using System.Text.Json;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class AdminAddUserToGroupTests
{
    private const string TooMany =
        "InvalidParameterException: The limit of 100 groups for a user has been reached.";

    [Theory, EachDatabase]
    public async Task Puts_the_user_into_the_group_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.CreateGroups(pool, "keepers");
        world.Transcript.Clear();

        await world.Membership(pool, "AdminAddUserToGroup", "ana", "keepers");
        await world.Membership(pool, "AdminAddUserToGroup", "ana@example.com", "keepers");
        await world.Group(pool, "ListUsersInGroup", "keepers");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Takes_users_by_sub_and_in_any_status()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var bob = await pool.InvitedUser("bob");
        await world.Admin(pool, "AdminDisableUser", "ana");
        await world.CreateGroups(pool, "keepers");

        await world.Join(pool, "ana", "keepers");
        await world.Join(pool, bob.Sub, "keepers");

        Assert.Equal(["ana", "bob"], (await world.UsersIn(pool, "keepers")).Order());
    }

    [Fact]
    public async Task Refuses_unknown_users_before_unknown_groups()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await pool.ConfirmedUser("ana");
        await world.CreateGroups(pool, "keepers");
        await world.CreateGroups(other, "theirs");

        Assert.Equal(GroupCalls.NoUser, await Try(pool, "bob", "keepers"));
        Assert.Equal(GroupCalls.NoUser, await Try(pool, "bob", "nothing"));
        Assert.Equal(GroupCalls.NoGroup, await Try(pool, "ana", "nothing"));
        Assert.Equal(GroupCalls.NoGroup, await Try(pool, "ana", "theirs"));
        Assert.Equal(GroupCalls.NoUser, await Try(other, "ana", "theirs"));
        Assert.Equal(GroupCalls.NoPool, await Try(GroupCalls.Nowhere(world), "ana", "keepers"));

        Task<string> Try(TestPool where, string username, string group) => world.LeavesNothing(
            () => world.Membership(where, "AdminAddUserToGroup", username, group));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Stops_at_a_hundred_also_when_many_come_at_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await ManyGroups.Create(world, pool.Id, 140);
        for (var i = 1; i <= 98; i++) Assert.Equal("200", await Add(i));

        var answers = await world.Burst(40, "AdminAddUserToGroup", number => Request(99 + number));

        Assert.Equal(2, answers["200"]);
        Assert.Equal(38, answers["InvalidParameterException"]);
        var of = await world.Pages(
            "AdminListGroupsForUser",
            new { UserPoolId = pool.Id, Username = "ana" },
            "Groups",
            "GroupName");
        Assert.Equal(100, of.Distinct().Count());
        Assert.Equal("200", await Add(1));
        Assert.Equal(TooMany, await Add(140));
        await world.Group(pool, "DeleteGroup", "many-1");
        Assert.Equal("200", await Add(140));
        var tokens = await new TestApp(world, pool).SignedIn("ana");
        Assert.Equal(100, tokens.IdClaims["cognito:groups"]!.AsArray().Count);

        object Request(int number) =>
            new { UserPoolId = pool.Id, Username = "ana", GroupName = $"many-{number}" };

        async Task<string> Add(int number) => (await world.Send(
            "AdminAddUserToGroup", JsonSerializer.Serialize(Request(number)))).ToString();
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_none_fails(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.CreateGroups(pool, "keepers");

        var answers = await world.Burst(
            10,
            "AdminAddUserToGroup",
            _ => new { UserPoolId = pool.Id, Username = "ana", GroupName = "keepers" });

        Assert.Equal(10, answers["200"]);
        Assert.Equal(["ana"], await world.UsersIn(pool, "keepers"));
    }
}
