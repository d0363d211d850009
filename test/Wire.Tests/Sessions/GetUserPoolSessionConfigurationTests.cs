using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class GetUserPoolSessionConfigurationTests
{
    private const string Operation = "GetUserPoolSessionConfiguration";

    [Theory, EachDatabase]
    public async Task Shows_the_defaults_where_nothing_was_set(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { UserPoolTier = "LITE" });
        world.Transcript.Clear();

        await world.Call(Operation, new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Survives_an_update_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await SessionCalls.Track(world, pool, "ENABLED", maxPerUser: 7);
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id });

        var shown = await world.Must(Operation, new { UserPoolId = pool.Id });

        Assert.Equal("ENABLED", shown["UserSessionTracking"]!.GetValue<string>());
        Assert.Equal(7, shown["TokenSession"]!["MaxPerUser"]!.GetValue<int>());
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Call(Operation, new { UserPoolId = "us-east-1_000000000" })).ToString());
    }
}
