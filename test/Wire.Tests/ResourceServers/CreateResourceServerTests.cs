using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.ResourceServers;

public sealed class CreateResourceServerTests
{
    [Theory, EachDatabase]
    public async Task Creates_a_resource_server_with_and_without_scopes(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await ServerCalls.Create(world, pool, ServerCalls.Identifier, "read", "write");
        await world.Call(
            "CreateResourceServer", new { UserPoolId = pool.Id, Identifier = "moons", Name = "Moons" });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Its_scopes_can_be_allowed_to_clients_from_then_on()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var client = new
        {
            UserPoolId = pool.Id,
            ClientName = "machine",
            AllowedOAuthScopes = new[] { $"{ServerCalls.Identifier}/read" },
        };
        Assert.Equal(
            $"ScopeDoesNotExistException: Invalid scope requested: {ServerCalls.Identifier}/read",
            (await world.Call("CreateUserPoolClient", client)).ToString());

        await ServerCalls.Create(world, pool, ServerCalls.Identifier, "read");

        Assert.Equal("200", (await world.Call("CreateUserPoolClient", client)).ToString());
    }

    [Fact]
    public async Task Refuses_an_identifier_that_is_taken_in_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await ServerCalls.Create(world, pool, "moons", "read");

        Assert.Equal(
            $"InvalidParameterException: moons already exists in user pool {pool.Id}.",
            await world.LeavesNothing(() => ServerCalls.Create(world, pool, "moons")));
        Assert.Equal("200", (await ServerCalls.Create(world, other, "moons")).ToString());
    }

    [Fact]
    public async Task Refuses_more_than_a_pool_may_have()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        for (var i = 0; i < 25; i++) await ServerCalls.Create(world, pool, $"server{i}");

        Assert.Equal(
            "LimitExceededException: The limit of 25 resource servers has been reached.",
            await world.LeavesNothing(() => ServerCalls.Create(world, pool, "one-more")));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_with_the_same_identifier_one_is_created(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            20, "CreateResourceServer", _ => ServerCalls.Request(pool, "moons", "read"));

        Assert.Equal((1, 19), (answers["200"], answers["InvalidParameterException"]));
    }

    [Fact]
    public async Task Refuses_two_scopes_of_one_name_and_what_breaks_the_contract()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: Scope names must be unique within a resource server.",
            await world.LeavesNothing(() => ServerCalls.Create(world, pool, "moons", "read", "read")));
        foreach (var scope in (string[])["a/b", "a b", "a\"b"])
        {
            Assert.StartsWith(
                "InvalidParameterException: 1 validation error detected",
                await world.LeavesNothing(() => ServerCalls.Create(world, pool, "moons", scope)),
                StringComparison.Ordinal);
        }

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            await world.LeavesNothing(() => ServerCalls.Create(
                world, pool, "moons", [.. Enumerable.Range(0, 101).Select(i => $"s{i}")])),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var nowhere = new TestPool(world, "us-east-1_000000000", "client");

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await ServerCalls.Create(world, nowhere, "moons")).ToString());
    }
}
