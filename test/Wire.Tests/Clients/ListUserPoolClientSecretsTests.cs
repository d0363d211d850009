using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class ListUserPoolClientSecretsTests
{
    [Theory, EachDatabase]
    public async Task Shows_ids_and_dates_and_never_a_value(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { ClientSecret = SecretCalls.Own });
        world.Clock.Advance(TimeSpan.FromMilliseconds(90_500));
        await world.Add(pool);
        var open = await pool.AnotherClient();
        world.Transcript.Clear();

        await world.Call("ListUserPoolClientSecrets", new { UserPoolId = pool.Id, pool.ClientId });
        await world.Call("ListUserPoolClientSecrets", new { UserPoolId = pool.Id, open.ClientId });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_no_client_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SecretCalls.Confidential(world);
        var other = await TestPool.Create(world);

        Assert.Equal(SecretCalls.NoPool, await Try("us-east-1_Nowhere00", pool.ClientId));
        Assert.Equal(ClientSettings.NoClient, await Try(pool.Id, ClientSettings.Unused));
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {pool.ClientId} does not exist.",
            await Try(other.Id, pool.ClientId));

        async Task<string> Try(string poolId, string clientId) => (await world.Call(
            "ListUserPoolClientSecrets", new { UserPoolId = poolId, ClientId = clientId })).ToString();
    }
}
