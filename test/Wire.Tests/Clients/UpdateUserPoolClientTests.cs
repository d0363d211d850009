using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class UpdateUserPoolClientTests
{
    [Theory, EachDatabase]
    public async Task Replaces_the_configuration_and_keeps_the_secret(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.Call(
            "UpdateUserPoolClient",
            new { UserPoolId = pool.Id, pool.ClientId, ClientName = "renamed", AuthSessionValidity = 5 });
        await world.Call("DescribeUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Puts_back_to_the_default_what_is_left_out()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var plain = (await world.Must(
            "CreateUserPoolClient",
            new { UserPoolId = pool.Id, ClientName = "x" }))["UserPoolClient"]!.AsObject();
        var full = (await world.Must(
            "CreateUserPoolClient",
            ClientSettings.Everything.With(("UserPoolId", pool.Id))))["UserPoolClient"]!;

        await world.Must(
            "UpdateUserPoolClient", new { UserPoolId = pool.Id, ClientId = full.Text("ClientId") });

        var after = (await ClientSettings.Describe(world, pool.Id, full.Text("ClientId"))).AsObject();
        string[] kept =
            ["ClientId", "UserPoolId", "ClientName", "ClientSecret", "CreationDate", "ClientType"];
        foreach (var name in kept)
            PoolSettings.ShouldBe(full[name], after[name], name);
        var names = after.Select(pair => pair.Key).Union(plain.Select(pair => pair.Key)).Except(kept);
        foreach (var name in names)
            PoolSettings.ShouldBe(plain[name], after[name], name);
    }

    [Fact]
    public async Task Takes_everything_that_can_be_changed_and_answers_with_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });

        var answer = await world.Must(
            "UpdateUserPoolClient",
            ClientSettings.Everything.With(("UserPoolId", pool.Id), ("ClientId", pool.ClientId)));

        PoolSettings.ShouldHold(answer["UserPoolClient"]!, ClientSettings.Everything, "GenerateSecret");
        Assert.True(JsonNode.DeepEquals(
            answer["UserPoolClient"], await ClientSettings.Describe(world, pool.Id, pool.ClientId)));
    }

    public static TheoryData<string, string> Refused => new()
    {
        {
            """{"ReadAttributes":["shoe_size"]}""",
            "InvalidParameterException: Invalid read attributes specified while creating a client"
        },
        { """{"AccessTokenValidity":25}""", "InvalidParameterException: Invalid range for token validity." },
        {
            """{"AllowedOAuthScopes":["Cognito"]}""",
            "ScopeDoesNotExistException: Invalid scope requested: Cognito"
        },
        { """{"AllowedOAuthFlows":["client_credentials"]}""", "InvalidOAuthFlowException" },
        { """{"EnablePropagateAdditionalUserContextData":true}""", "InvalidParameterException" },
        {
            """{"ExplicitAuthFlows":["ALLOW_USER_SRP_AUTH","USER_PASSWORD_AUTH"]}""",
            "InvalidParameterException"
        },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Refuses_what_cannot_be_and_changes_nothing(string given, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        var answer = await world.Call(
            "UpdateUserPoolClient",
            PoolSettings.Parse(given).With(("UserPoolId", pool.Id), ("ClientId", pool.ClientId)));

        if (expected.Contains(':', StringComparison.Ordinal)) Assert.Equal(expected, answer.ToString());
        else Assert.Equal(expected, answer.Code);
        PoolSettings.ShouldHaveChangedNothing(world);
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

        async Task<string> Try(string poolId, string clientId) => (await world.Call(
            "UpdateUserPoolClient", new { UserPoolId = poolId, ClientId = clientId })).ToString();
    }

    [Fact]
    public async Task Takes_effect_at_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));

        await world.Must("UpdateUserPoolClient", new { UserPoolId = app.Pool.Id, app.Pool.ClientId });

        Assert.Equal(
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
            TestApp.Outcome(await app.Password("ana")));
    }
}
