using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class DescribeUserPoolClientTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_client_with_its_secret(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        world.Transcript.Clear();

        await world.Call("DescribeUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_no_client_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            await Try("us-east-1_Nowhere00", pool.ClientId));
        Assert.Equal(ClientSettings.NoClient, await Try(pool.Id, ClientSettings.Unused));
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {other.ClientId} does not exist.",
            await Try(pool.Id, other.ClientId));
        var found = await ClientSettings.Describe(world, other.Id, other.ClientId);
        Assert.Equal("app", found.Text("ClientName"));

        async Task<string> Try(string poolId, string clientId) => (await world.Call(
            "DescribeUserPoolClient", new { UserPoolId = poolId, ClientId = clientId })).ToString();
    }
}
