using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.ResourceServers;

public sealed class ListResourceServersTests
{
    private const string Operation = "ListResourceServers";

    [Theory, EachDatabase]
    public async Task Lists_in_the_order_of_identifiers(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        foreach (var name in (string[])["b", "a", "B", "https://a.example"])
            await ServerCalls.Create(world, pool, name, "read");
        world.Transcript.Clear();

        await world.Call(Operation, new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    [InlineData(50, 1)]
    public async Task Has_pages(int size, int expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        for (var i = 0; i < 5; i++) await ServerCalls.Create(world, pool, $"server{i}");
        var seen = new List<string>();
        string? next = null;
        var pages = 0;
        do
        {
            var page = await world.Must(
                Operation, new { UserPoolId = pool.Id, MaxResults = size, NextToken = next });
            seen.AddRange(page["ResourceServers"]!.AsArray()
                .Select(server => server!["Identifier"]!.GetValue<string>()));
            next = page["NextToken"]?.GetValue<string>();
            pages++;
        }
        while (next is not null);

        Assert.Equal(expected, pages);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"server{i}"), seen);
    }

    [Fact]
    public async Task Refuses_foreign_page_tokens_and_pools_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        for (var i = 0; i < 2; i++) await ServerCalls.Create(world, other, $"server{i}");
        var page = await world.Must(Operation, new { UserPoolId = other.Id, MaxResults = 1 });

        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request",
            (await world.Call(
                Operation, new { UserPoolId = pool.Id, NextToken = page["NextToken"]!.GetValue<string>() }))
                .ToString());
        Assert.Equal(
            "InvalidParameterException: Invalid pagination token.",
            (await world.Call(Operation, new { UserPoolId = pool.Id, NextToken = "garbage" })).ToString());
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Call(Operation, new { UserPoolId = "us-east-1_000000000" })).ToString());
    }
}
