using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class DeleteGroupTests
{
    [Theory, EachDatabase]
    public async Task Is_gone_at_once_with_its_memberships(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.CreateGroups(pool, "keepers", "others");
        await world.Join(pool, "ana", "keepers", "others");
        world.Transcript.Clear();

        await world.Group(pool, "DeleteGroup", "keepers");
        await world.Group(pool, "DeleteGroup", "keepers");
        await world.Group(pool, "GetGroup", "keepers");
        await world.Group(pool, "ListUsersInGroup", "keepers");
        await world.Admin(pool, "AdminListGroupsForUser", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Leaves_nobody_to_a_later_group_of_the_name(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        await world.CreateGroups(pool, "keepers");
        await world.Join(pool, "ana", "keepers");
        await world.Group(pool, "DeleteGroup", "keepers");

        await world.CreateGroups(pool, "keepers");

        Assert.Empty(await world.UsersIn(pool, "keepers"));
        Assert.Empty(await world.GroupsOf(pool, "ana"));
        await world.Join(pool, "bob", "keepers");
        Assert.Equal(["bob"], await world.UsersIn(pool, "keepers"));
        var tokens = await new TestApp(world, pool).SignedIn("ana");
        Assert.Null(tokens.AccessClaims["cognito:groups"]);
    }

    [Fact]
    public async Task Answers_without_a_body_and_leaves_other_pools_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await world.CreateGroups(pool, "keepers");
        await world.CreateGroups(other, "keepers");

        var answer = await world.Group(pool, "DeleteGroup", "keepers");

        Assert.Equal("200", answer.ToString());
        Assert.Null(answer.Body);
        Assert.Equal("200", (await world.Group(other, "GetGroup", "keepers")).ToString());
        Assert.Equal(
            GroupCalls.NoPool,
            (await world.Group(GroupCalls.Nowhere(world), "DeleteGroup", "keepers")).ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_one_deletes(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await world.CreateGroups(pool, "keepers");

        var answers = await world.Burst(
            10, "DeleteGroup", _ => new { UserPoolId = pool.Id, GroupName = "keepers" });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(9, answers["ResourceNotFoundException"]);
    }
}
