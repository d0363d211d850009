using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Logs;

public sealed class GetLogDeliveryConfigurationTests
{
    private const string Operation = "GetLogDeliveryConfiguration";

    [Theory, EachDatabase]
    public async Task Shows_where_logs_go_also_when_they_go_nowhere(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await world.Call(Operation, new { UserPoolId = pool.Id });
        await world.Call(
            "SetLogDeliveryConfiguration", LogSettings.Of(pool.Id, LogSettings.Notifications));
        await world.Call(Operation, new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_each_pool_its_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await world.Must(
            "SetLogDeliveryConfiguration", LogSettings.Of(pool.Id, LogSettings.Notifications));

        var shown = (await world.Must(Operation, new { UserPoolId = other.Id }))["LogDeliveryConfiguration"]!;

        Assert.Equal(other.Id, shown["UserPoolId"]!.GetValue<string>());
        Assert.Empty(shown["LogConfigurations"]!.AsArray());
    }

    [Theory]
    [InlineData("us-east-1_Nowhere00",
        "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.")]
    [InlineData(null,
        "InvalidParameterException: 1 validation error detected: Value null at 'userPoolId' failed to "
        + "satisfy constraint: Member must not be null")]
    public async Task Refuses_what_is_no_pool(string? id, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(expected, (await world.Call(Operation, new { UserPoolId = id })).ToString());
    }
}
