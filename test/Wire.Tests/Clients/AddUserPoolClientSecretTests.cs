using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class AddUserPoolClientSecretTests
{
    private const string TooMany =
        "LimitExceededException: Client secrets cannot exceed limit of 2 secrets.";

    [Theory, EachDatabase]
    public async Task Gives_the_client_a_second_secret_and_shows_it_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.Add(pool);
        await world.Add(pool);
        await world.Call(
            "ListUserPoolClientSecrets", new { UserPoolId = pool.Id, pool.ClientId });

        world.Transcript.ShouldMatchApproved();
        var described = await ClientSettings.Describe(world, pool.Id, pool.ClientId);
        Assert.Equal(pool.ClientSecret, described["ClientSecret"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    public async Task Either_secret_lets_callers_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await SecretCalls.Confidential(world);

        var added = (await world.Add(pool))["ClientSecretDescriptor"]!;

        var second = added["ClientSecretValue"]!.GetValue<string>();
        Assert.NotEqual(pool.ClientSecret, second);
        Assert.Equal("tokens", await world.SignInWith(pool, pool.ClientSecret));
        Assert.Equal("tokens", await world.SignInWith(pool, second));
        Assert.Equal(
            $"NotAuthorizedException: Unable to verify secret hash for client {pool.ClientId}",
            await world.SignInWith(pool, second + "x"));
        var app = new TestApp(world, new TestPool(world, pool.Id, pool.ClientId, second));
        var refresh = (await app.SignedIn("ana")).Refresh!;
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(refresh, hashOver: "ana")));
        Assert.Equal(
            "tokens",
            TestApp.Outcome(await new TestApp(world, pool).Refresh(refresh, hashOver: "ana")));
    }

    [Fact]
    public async Task Takes_the_callers_own_and_does_not_repeat_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SecretCalls.Confidential(world);

        var added = await world.Add(pool, SecretCalls.Own);

        Assert.Equal(
            ["ClientSecretCreateDate", "ClientSecretId"],
            added["ClientSecretDescriptor"]!.AsObject().Select(pair => pair.Key).Order());
        Assert.Equal("tokens", await world.SignInWith(pool, SecretCalls.Own));
        Assert.Equal("tokens", await world.SignInWith(pool, pool.ClientSecret));
    }

    [Fact]
    public async Task Names_secrets_of_one_second_apart()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SecretCalls.Confidential(world);
        await world.Add(pool);
        var second = World.Beginning.ToUnixTimeSeconds();

        Assert.Equal(
            [$"{pool.ClientId}--{second}", $"{pool.ClientId}--{second + 1}"], await world.SecretIds(pool));
        Assert.All(
            await world.Secrets(pool),
            secret => Assert.Equal(second, secret!["ClientSecretCreateDate"]!.GetValue<decimal>()));
    }

    [Theory]
    [InlineData("short+of+twenty+four+1")]
    [InlineData("far+too+long+0123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("with-a-dash-and-long-enough")]
    [InlineData("")]
    public async Task Bounds_a_secret_of_the_callers_and_does_not_echo_it(string own)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SecretCalls.Confidential(world);

        var answer = await world.LeavesNothing(() => world.Add(pool, own));

        Assert.Contains("Value at 'clientSecret' failed", answer, StringComparison.Ordinal);
        Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
        Assert.True(own.Length == 0 || !answer.Contains(own, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_public_clients_and_a_third_secret()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await SecretCalls.Confidential(world);
        var open = await pool.AnotherClient();
        await world.Add(pool);

        Assert.Equal(TooMany, await world.LeavesNothing(() => world.Add(pool, SecretCalls.Own)));
        Assert.StartsWith(
            "InvalidParameterException: ",
            await world.LeavesNothing(() => world.Add(open, SecretCalls.Own)),
            StringComparison.Ordinal);
        Assert.Equal("tokens", await world.SignInWith(open, null));
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

        Task<string> Try(string poolId, string clientId) =>
            world.LeavesNothing(() => world.Add(new TestPool(world, poolId, clientId)));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_one_is_added(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await SecretCalls.Confidential(world);

        var answers = await world.Burst(
            10, "AddUserPoolClientSecret", _ => new { UserPoolId = pool.Id, pool.ClientId });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(9, answers["LimitExceededException"]);
        Assert.Equal(2, (await world.SecretIds(pool)).Distinct().Count());
    }
}
