using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.ResourceServers;

public sealed class DeleteResourceServerTests
{
    private const string Operation = "DeleteResourceServer";

    [Theory, EachDatabase]
    public async Task Removes_a_resource_server(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await ServerCalls.Create(world, pool, "moons", "read");
        await ServerCalls.Create(world, pool, "stars", "read");
        world.Transcript.Clear();

        await ServerCalls.On(world, Operation, pool, "moons");
        await ServerCalls.On(world, Operation, pool, "moons");
        await world.Call("ListResourceServers", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Leaves_room_for_another_of_the_same_identifier()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await ServerCalls.Create(world, pool, "moons", "read");
        await ServerCalls.On(world, Operation, pool, "moons");

        Assert.Equal("200", (await ServerCalls.Create(world, pool, "moons", "write")).ToString());
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await ServerCalls.On(world, Operation, new(world, "us-east-1_000000000", "c"), "moons"))
                .ToString());
    }
}
