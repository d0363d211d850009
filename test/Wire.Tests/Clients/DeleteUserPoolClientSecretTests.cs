using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class DeleteUserPoolClientSecretTests
{
    [Theory, EachDatabase]
    public async Task Ends_one_secret_and_leaves_the_other(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Add(pool);
        var ids = await world.SecretIds(pool);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.DeleteSecret(pool, ids[0]);
        await world.DeleteSecret(pool, ids[0]);
        await world.DeleteSecret(pool, ids[1]);
        await world.Call("ListUserPoolClientSecrets", new { UserPoolId = pool.Id, pool.ClientId });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Whoever_has_it_is_let_in_no_longer(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await SecretCalls.Confidential(world);
        await world.Add(pool, SecretCalls.Own);

        await world.DeleteSecret(pool, (await world.SecretIds(pool))[0]);

        Assert.Equal(
            $"NotAuthorizedException: Unable to verify secret hash for client {pool.ClientId}",
            await world.SignInWith(pool, pool.ClientSecret));
        Assert.Equal("tokens", await world.SignInWith(pool, SecretCalls.Own));
        Assert.Equal(
            $"NotAuthorizedException: Client {pool.ClientId} is configured with secret "
            + "but SECRET_HASH was not received",
            await world.SignInWith(pool, null));
        var described = await ClientSettings.Describe(world, pool.Id, pool.ClientId);
        Assert.Equal(SecretCalls.Own, described["ClientSecret"]!.GetValue<string>());
        Assert.Equal("200", (await world.Add(pool)).ToString());
    }

    [Fact]
    public async Task Keeps_the_last_one_and_knows_only_those_of_the_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SecretCalls.Confidential(world);
        var other = await pool.AnotherClient(new { GenerateSecret = true });
        var open = await pool.AnotherClient();
        var own = (await world.SecretIds(pool))[0];
        var foreign = (await world.SecretIds(other))[0];

        Assert.Equal(
            "InvalidParameterException: Cannot delete the only client secret.", await Try(pool, own));
        Assert.Equal(SecretCalls.NoSecret, await Try(pool, foreign));
        Assert.Equal(SecretCalls.NoSecret, await Try(open, own));
        Assert.Equal(
            SecretCalls.NoPool, await Try(new TestPool(world, "us-east-1_Nowhere00", pool.ClientId), own));
        Assert.Equal(
            ClientSettings.NoClient, await Try(new TestPool(world, pool.Id, ClientSettings.Unused), own));
        Assert.Contains("'clientSecretId'", await Try(pool, ""), StringComparison.Ordinal);
        Assert.Equal("tokens", await world.SignInWith(pool, pool.ClientSecret));

        Task<string> Try(TestPool where, string id) =>
            world.LeavesNothing(() => world.DeleteSecret(where, id));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Two_at_once_leave_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await SecretCalls.Confidential(world);
        await world.Add(pool);
        var ids = await world.SecretIds(pool);

        var answers = await world.Burst(
            10,
            "DeleteUserPoolClientSecret",
            number => new { UserPoolId = pool.Id, pool.ClientId, ClientSecretId = ids[number % 2] });

        Assert.Equal(1, answers["200"]);
        Assert.Single(await world.SecretIds(pool));
    }
}
