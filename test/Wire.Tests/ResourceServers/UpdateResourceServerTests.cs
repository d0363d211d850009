using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.ResourceServers;

public sealed class UpdateResourceServerTests
{
    private const string Operation = "UpdateResourceServer";

    [Theory, EachDatabase]
    public async Task Replaces_name_and_scopes(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await ServerCalls.Create(world, pool, ServerCalls.Identifier, "read", "write");
        world.Transcript.Clear();

        await world.Call(Operation, ServerCalls.Request(pool, ServerCalls.Identifier, "write", "delete"));
        await world.Call(
            Operation, new { UserPoolId = pool.Id, ServerCalls.Identifier, Name = "Without scopes" });
        await ServerCalls.On(world, "DescribeResourceServer", pool, ServerCalls.Identifier);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_scope_that_is_gone_stays_with_clients_that_have_it_and_is_given_to_no_other()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await ServerCalls.Create(world, pool, "moons", "read", "write");
        string[] scopes = ["moons/read", "moons/write"];
        var client = await pool.AnotherClient(new { AllowedOAuthScopes = scopes });

        await world.Must(Operation, ServerCalls.Request(pool, "moons", "read"));

        var kept = await world.Must(
            "DescribeUserPoolClient", new { UserPoolId = pool.Id, client.ClientId });
        Assert.Equal(
            scopes,
            kept["UserPoolClient"]!["AllowedOAuthScopes"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal(
            "ScopeDoesNotExistException: Invalid scope requested: moons/write",
            (await world.Call(
                "UpdateUserPoolClient",
                new { UserPoolId = pool.Id, client.ClientId, AllowedOAuthScopes = scopes })).ToString());
    }

    [Fact]
    public async Task Refuses_what_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var nowhere = new TestPool(world, "us-east-1_000000000", "client");

        Assert.Equal(
            "ResourceNotFoundException: Resource server moons does not exist.",
            await world.LeavesNothing(() => world.Call(
                Operation, ServerCalls.Request(pool, "moons", "read"))));
        Assert.Equal(
            "InvalidParameterException: Scope names must be unique within a resource server.",
            await world.LeavesNothing(() => world.Call(
                Operation, ServerCalls.Request(pool, "moons", "read", "read"))));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Call(Operation, ServerCalls.Request(nowhere, "moons"))).ToString());
    }
}
