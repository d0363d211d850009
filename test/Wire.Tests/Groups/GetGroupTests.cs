using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class GetGroupTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_group(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await world.Group(pool, "CreateGroup", "keepers", new { Description = "x", Precedence = 7 });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.CreateGroups(pool, "others");
        world.Transcript.Clear();

        await world.Group(pool, "GetGroup", "keepers");
        await world.Group(pool, "GetGroup", "others");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_no_group_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await world.CreateGroups(pool, "keepers");

        Assert.Equal("200", (await world.Group(pool, "GetGroup", "keepers")).ToString());
        Assert.Equal(GroupCalls.NoGroup, (await world.Group(pool, "GetGroup", "Keepers")).ToString());
        Assert.Equal(GroupCalls.NoGroup, (await world.Group(other, "GetGroup", "keepers")).ToString());
        Assert.Equal(
            GroupCalls.NoPool,
            (await world.Group(GroupCalls.Nowhere(world), "GetGroup", "keepers")).ToString());
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected: ",
            (await world.Group(pool, "GetGroup", "a\0")).ToString(),
            StringComparison.Ordinal);
        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });
        Assert.Equal("ResourceNotFoundException", (await world.Group(pool, "GetGroup", "keepers")).Code);
    }
}
