using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

public sealed class DescribeRiskConfigurationTests
{
    private const string Operation = "DescribeRiskConfiguration";

    [Theory, EachDatabase]
    public async Task Shows_what_is_in_force_for_the_pool_and_for_a_client(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await RiskPools.Create(world);
        world.Transcript.Clear();

        await world.Call(Operation, new { UserPoolId = pool.Id });
        await world.Call(Operation, new { UserPoolId = pool.Id, pool.ClientId });
        await world.SetCompromised(pool, "BLOCK");
        await world.Call(Operation, new { UserPoolId = pool.Id });
        await world.Call(Operation, new { UserPoolId = pool.Id, pool.ClientId });
        await world.Must(
            "SetRiskConfiguration",
            new
            {
                UserPoolId = pool.Id,
                pool.ClientId,
                AccountTakeoverRiskConfiguration = RiskPools.Takeover("NO_ACTION", levels: "Low"),
            });
        await world.Call(Operation, new { UserPoolId = pool.Id });
        await world.Call(Operation, new { UserPoolId = pool.Id, pool.ClientId });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_not_there_and_pools_without_threat_protection()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        var plain = await TestPool.Create(world);

        Assert.Equal(
            TestReplica.NoPool,
            (await world.Call(Operation, new { UserPoolId = "us-east-1_Nowhere00" })).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {plain.ClientId} does not exist.",
            (await world.Call(Operation, new { UserPoolId = pool.Id, plain.ClientId })).ToString());
        Assert.Equal(
            "UserPoolAddOnNotEnabledException",
            (await world.Call(Operation, new { UserPoolId = plain.Id })).Code);
        Assert.Equal(
            "InvalidParameterException",
            (await world.Call(Operation, new { UserPoolId = pool.Id, ClientId = "" })).Code);
    }
}
