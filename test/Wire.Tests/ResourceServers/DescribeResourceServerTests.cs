using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.ResourceServers;

public sealed class DescribeResourceServerTests
{
    private const string Operation = "DescribeResourceServer";

    [Theory, EachDatabase]
    public async Task Shows_a_resource_server_with_its_scopes(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await ServerCalls.Create(world, pool, ServerCalls.Identifier, "read", "write");
        world.Transcript.Clear();

        await ServerCalls.On(world, Operation, pool, ServerCalls.Identifier);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await ServerCalls.Create(world, other, "moons", "read");

        Assert.Equal(
            "ResourceNotFoundException: Resource server moons does not exist.",
            (await ServerCalls.On(world, Operation, pool, "moons")).ToString());
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await ServerCalls.On(world, Operation, new(world, "us-east-1_000000000", "c"), "moons"))
                .ToString());
    }
}
