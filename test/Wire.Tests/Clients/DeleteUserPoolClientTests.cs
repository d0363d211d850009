using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class DeleteUserPoolClientTests
{
    [Theory, EachDatabase]
    public async Task Is_gone_at_once_while_the_others_stay(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var other = await pool.AnotherClient();
        await pool.ConfirmedUser("ana");
        world.Transcript.Clear();

        await world.Call("DeleteUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });
        await world.Call("DescribeUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });
        await pool.SignIn("ana");
        await world.Call("DeleteUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });
        await other.SignIn("ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Answers_without_a_body()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await world.Must("DeleteUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });

        Assert.Null(answer.Body);
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
        await ClientSettings.Describe(world, other.Id, other.ClientId);

        async Task<string> Try(string poolId, string clientId) => (await world.Call(
            "DeleteUserPoolClient", new { UserPoolId = poolId, ClientId = clientId })).ToString();
    }
}
