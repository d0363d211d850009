using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class AdminRemoveUserFromGroupTests
{
    [Theory, EachDatabase]
    public async Task Takes_the_user_out_of_this_group_alone(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        await world.CreateGroups(pool, "keepers", "others");
        await world.Join(pool, "ana", "keepers", "others");
        await world.Join(pool, "bob", "keepers");
        world.Transcript.Clear();

        await world.Membership(pool, "AdminRemoveUserFromGroup", "ana", "keepers");
        await world.Membership(pool, "AdminRemoveUserFromGroup", "ana", "keepers");
        await world.Admin(pool, "AdminListGroupsForUser", "ana");
        await world.Admin(pool, "AdminListGroupsForUser", "bob");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_unknown_users_before_unknown_groups()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.CreateGroups(pool, "keepers");
        await world.Join(pool, "ana", "keepers");

        Assert.Equal(GroupCalls.NoUser, await Try(pool, "bob", "keepers"));
        Assert.Equal(GroupCalls.NoUser, await Try(pool, "bob", "nothing"));
        Assert.Equal(GroupCalls.NoGroup, await Try(pool, "ana", "nothing"));
        Assert.Equal(GroupCalls.NoPool, await Try(GroupCalls.Nowhere(world), "ana", "keepers"));
        Assert.Equal(["keepers"], await world.GroupsOf(pool, "ana"));

        Task<string> Try(TestPool where, string username, string group) => world.LeavesNothing(
            () => world.Membership(where, "AdminRemoveUserFromGroup", username, group));
    }
}
