using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class GetUserPoolClientSessionConfigurationTests
{
    private const string Operation = "GetUserPoolClientSessionConfiguration";

    [Theory, EachDatabase]
    public async Task Shows_the_default_where_nothing_was_set(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await world.Call(Operation, new { UserPoolId = pool.Id, pool.ClientId });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Survives_an_update_of_the_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = (await SessionCalls.Tracking(world)).Pool;
        var client = new { UserPoolId = pool.Id, pool.ClientId };
        await world.Must(
            "SetUserPoolClientSessionConfiguration",
            Calls.Merge(client, new { SSOSession = new { MaxValidityMinutes = 9 } }));
        await world.Must("UpdateUserPoolClient", client);

        var shown = await world.Must(Operation, client);

        Assert.Equal(9, shown["SSOSession"]!["MaxValidityMinutes"]!.GetValue<int>());
    }

    [Fact]
    public async Task Refuses_clients_and_pools_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        const string unknown = "1234567890abcdefghijklmnop";
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {unknown} does not exist.",
            (await world.Call(Operation, new { UserPoolId = pool.Id, ClientId = unknown })).ToString());
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Call(
                Operation, new { UserPoolId = "us-east-1_000000000", pool.ClientId })).ToString());
    }
}
