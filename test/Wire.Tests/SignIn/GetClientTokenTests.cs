using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.ResourceServers;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class GetClientTokenTests
{
    private const string Operation = "GetClientToken";
    private const string Read = "moons/read";
    private const string Write = "moons/write";

    [Theory, EachDatabase]
    public async Task Gives_a_client_a_token_of_its_own(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var client = await Machine(world);
        world.Transcript.Clear();

        await Get(world, client, [Read]);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_token_holds_the_claims_of_the_service_and_no_others()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world, new
        {
            AccessTokenValidity = 10,
            TokenValidityUnits = new { AccessToken = "minutes" },
        });
        var now = World.Beginning.ToUnixTimeSeconds();

        var answer = await Get(world, client, [Write, Read]);

        var result = answer["ClientAuthenticationResult"]!;
        var token = result["AccessToken"]!.GetValue<string>();
        var claims = TestTokens.Part(token, 1);
        Assert.True(Guid.TryParseExact(claims["jti"]!.GetValue<string>(), "D", out _));
        claims.Remove("jti");
        Assert.True(
            JsonNode.DeepEquals(
                new JsonObject
                {
                    ["sub"] = client.ClientId,
                    ["client_id"] = client.ClientId,
                    ["token_use"] = "access",
                    ["scope"] = $"{Write} {Read}",
                    ["iss"] = $"https://cognito-idp.us-east-1.amazonaws.com/{client.Id}",
                    ["version"] = 2,
                    ["auth_time"] = now,
                    ["iat"] = now,
                    ["exp"] = now + 600,
                },
                claims),
            claims.ToJsonString());
        Assert.True(await TestTokens.IsSigned(world, client.Id, token));
        Assert.Equal(600, result["ExpiresIn"]!.GetValue<int>());
        Assert.Equal("Bearer", result["TokenType"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_scopes_all_that_the_client_is_allowed_are_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world);

        foreach (var none in (string[]?[])[null, []])
            Assert.Equal($"{Read} {Write}", Scope(await Get(world, client, none)));
        Assert.Equal(Write, Scope(await Get(world, client, [Write, Write])));
    }

    [Fact]
    public async Task A_scope_whose_server_has_lost_it_may_be_asked_for_and_is_not_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world);
        await world.Must("UpdateResourceServer", ServerCalls.Request(client, "moons", "read"));

        Assert.Equal(Read, Scope(await Get(world, client, [Read, Write])));
        Assert.Equal(Read, Scope(await Get(world, client, null)));
        Assert.Null(Scope(await Get(world, client, [Write])));
        await world.Must("UpdateResourceServer", ServerCalls.Request(client, "moons", "read", "write"));
        Assert.Equal($"{Read} {Write}", Scope(await Get(world, client, null)));
    }

    [Fact]
    public async Task The_operations_of_users_refuse_the_token()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world);
        var answer = await Get(world, client, null);

        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token",
            await world.Admission(answer["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("moons/delete")]
    [InlineData("openid")]
    [InlineData("aws.cognito.signin.user.admin")]
    [InlineData("stars/read")]
    public async Task Refuses_scopes_that_the_client_is_not_allowed(string scope)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world);

        Assert.Equal(
            $"InvalidParameterException: Scope {scope} is not allowed for this client.",
            await world.LeavesNothing(() => Get(world, client, [Read, scope])));
    }

    [Fact]
    public async Task Refuses_clients_that_are_allowed_none_and_requests_for_very_many()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world);
        var bare = await client.AnotherClient(new
        {
            ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
            GenerateSecret = true,
        });

        foreach (var scopes in (string[]?[])[null, [Read]])
        {
            Assert.Equal(
                "InvalidParameterException: The client is not allowed any custom scope.",
                await world.LeavesNothing(() => Get(world, bare, scopes)));
        }

        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: Value at 'scopes' failed to satisfy "
            + "constraint: Member must have length less than or equal to 50",
            await world.LeavesNothing(() => Get(world, client, [.. Enumerable.Repeat(Read, 51)])));
    }

    [Fact]
    public async Task Refuses_whoever_does_not_know_a_secret()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world);
        var open = await client.AnotherClient();
        var wrong = new string('x', 51);

        foreach (var (id, secret) in new[]
            {
                (client.ClientId, wrong), (client.ClientId, client.ClientSecret![..^1]),
                (open.ClientId, wrong),
            })
        {
            Assert.Equal(
                $"NotAuthorizedException: Unable to verify secret hash for client {id}",
                await world.LeavesNothing(() => world.Call(
                    Operation, new { ClientId = id, Secret = secret })));
        }

        Assert.Equal(
            "ResourceNotFoundException: User pool client 1234567890abcdefghijklmnop does not exist.",
            await world.LeavesNothing(() => world.Call(
                Operation, new { ClientId = "1234567890abcdefghijklmnop", Secret = wrong })));
        var added = await world.Must(
            "AddUserPoolClientSecret", new { UserPoolId = client.Id, client.ClientId });
        var second = added["ClientSecretDescriptor"]!["ClientSecretValue"]!.GetValue<string>();
        Assert.Equal(
            "200", (await world.Call(Operation, new { client.ClientId, Secret = second })).ToString());
    }

    [Fact]
    public async Task Refuses_clients_of_users()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = await Machine(world);
        var users = await client.AnotherClient(new { GenerateSecret = true });

        Assert.Equal(
            "InvalidParameterException: CLIENT_TOKEN_AUTH flow not enabled for this client",
            await world.LeavesNothing(() => Get(world, users, null)));
        // And the other way round.
        await client.ConfirmedUser("ana");
        Assert.Equal(
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
            TestApp.Outcome(await new TestApp(world, client).Password("ana")));
    }

    [Theory]
    [InlineData(true, "ALLOW_USER_SRP_AUTH", "cannot be combined with other ExplicitAuthFlows.")]
    [InlineData(false, null, "requires an app client with a client secret.")]
    public async Task The_flow_stands_alone_and_needs_a_secret(bool hasSecret, string? other, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        string[] flows = other is null ? ["ALLOW_CLIENT_TOKEN_AUTH"] : ["ALLOW_CLIENT_TOKEN_AUTH", other];

        Assert.Equal(
            $"InvalidParameterException: ALLOW_CLIENT_TOKEN_AUTH {expected}",
            await world.LeavesNothing(() => world.Call(
                "CreateUserPoolClient",
                new
                {
                    UserPoolId = pool.Id,
                    ClientName = "machine",
                    ExplicitAuthFlows = flows,
                    GenerateSecret = hasSecret,
                })));
    }

    /// <summary>A client that gets tokens for itself, with two scopes.</summary>
    private static async Task<TestPool> Machine(World world, object? more = null)
    {
        var pool = await TestPool.Create(world);
        await world.Must("CreateResourceServer", ServerCalls.Request(pool, "moons", "read", "write"));
        return await pool.AnotherClient(Calls.Merge(
            new
            {
                ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
                GenerateSecret = true,
                AllowedOAuthScopes = new[] { Read, Write },
            },
            more));
    }

    private static Task<Answer> Get(World world, TestPool client, string[]? scopes) => world.Call(
        Operation, new { client.ClientId, Secret = client.ClientSecret, Scopes = scopes });

    private static string? Scope(Answer answer) => TestTokens
        .Part(answer["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>(), 1)["scope"]
        ?.GetValue<string>();
}
