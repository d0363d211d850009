using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

public sealed class ListUserPoolClientsTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_clients_of_the_pool_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        await pool.AnotherClient(new { ClientName = "second" });
        await pool.AnotherClient(new { ClientName = "third" });
        await TestPool.Create(world);
        world.Transcript.Clear();

        var page = await world.Call("ListUserPoolClients", new { UserPoolId = pool.Id, MaxResults = 2 });
        await world.Call(
            "ListUserPoolClients",
            new { UserPoolId = pool.Id, MaxResults = 2, NextToken = page["NextToken"]!.GetValue<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(null)]
    public async Task Shows_each_client_once_and_no_secret(int? size)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        HashSet<string> made = [pool.ClientId];
        for (var i = 0; i < 3; i++)
            made.Add((await pool.AnotherClient(new { GenerateSecret = true })).ClientId);

        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await world.Must(
                "ListUserPoolClients", new { UserPoolId = pool.Id, MaxResults = size, NextToken = token });
            foreach (var client in page["UserPoolClients"]!.AsArray())
            {
                seen.Add(client!.Text("ClientId"));
                Assert.Equal(
                    ["ClientId", "ClientName", "UserPoolId"],
                    client!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
            }

            token = page["NextToken"]?.GetValue<string>();
        }
        while (token is not null);

        Assert.Equal(4, seen.Count);
        Assert.True(made.SetEquals(seen));
    }

    [Fact]
    public async Task Refuses_what_is_no_pool_and_tokens_of_another()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await pool.AnotherClient();
        await other.AnotherClient();
        var token = (await world.Must(
            "ListUserPoolClients",
            new { UserPoolId = pool.Id, MaxResults = 1 }))["NextToken"]!.GetValue<string>();

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            await Try("us-east-1_Nowhere00", null));
        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request", await Try(other.Id, token));
        Assert.StartsWith(
            "InvalidParameterException", await Try(pool.Id, "garbage"), StringComparison.Ordinal);
        Assert.Equal("200", await Try(pool.Id, token));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.StartsWith("InvalidParameterException", await Try(pool.Id, token), StringComparison.Ordinal);

        async Task<string> Try(string poolId, string? next) => (await world.Call(
            "ListUserPoolClients", new { UserPoolId = poolId, MaxResults = 1, NextToken = next })).ToString();
    }

    [Theory]
    [InlineData(0, "greater than or equal to 1")]
    [InlineData(61, "less than or equal to 60")]
    public async Task Bounds_the_page(int size, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            $"InvalidParameterException: 1 validation error detected: Value '{size}' at 'maxResults' "
            + $"failed to satisfy constraint: Member must have value {expected}",
            (await world.Call(
                "ListUserPoolClients", new { UserPoolId = pool.Id, MaxResults = size })).ToString());
    }
}
