using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Replicas;

public sealed class ListUserPoolReplicasTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_primary_and_the_replica_in_both_regions(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var plain = await TestPool.Create(world);
        var replica = await TestReplica.Create(world);
        world.Transcript.Clear();

        await world.Call("ListUserPoolReplicas", new { UserPoolId = plain.Id });
        await world.Call("ListUserPoolReplicas", new { UserPoolId = replica.Pool.Id });
        await replica.CallOnPool("ListUserPoolReplicas");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_pools_and_tokens_that_there_are_not()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            TestReplica.NoPool,
            (await world.Call("ListUserPoolReplicas", new { UserPoolId = "us-east-1_Nowhere00" }))
                .ToString());
        Assert.Equal(
            "InvalidParameterException: Invalid pagination token.",
            (await world.Call("ListUserPoolReplicas", new { UserPoolId = pool.Id, NextToken = "abc" }))
                .ToString());
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected: Value null at 'userPoolId'",
            (await world.Call("ListUserPoolReplicas", new { })).ToString(),
            StringComparison.Ordinal);
    }
}
