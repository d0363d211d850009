using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class ListUserPoolsTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_pools_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        for (var i = 1; i <= 3; i++) await world.Must("CreateUserPool", new { PoolName = $"pool {i}" });
        world.Transcript.Clear();

        var page = await world.Call("ListUserPools", new { MaxResults = 2 });
        await world.Call(
            "ListUserPools", new { MaxResults = 2, NextToken = page["NextToken"]!.GetValue<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(60)]
    public async Task Shows_each_pool_once_whatever_the_size_of_a_page(int size)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var made = new HashSet<string>();
        for (var i = 0; i < 4; i++)
            made.Add((await world.Must("CreateUserPool", new { PoolName = "p" }))["UserPool"]!.Text("Id"));

        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await world.Must("ListUserPools", new { MaxResults = size, NextToken = token });
            var ids = page["UserPools"]!.AsArray().Select(pool => pool!.Text("Id")).ToList();
            Assert.InRange(ids.Count, 1, size);
            seen.AddRange(ids);
            token = page["NextToken"]?.GetValue<string>();
        }
        while (token is not null);

        Assert.Equal(4, seen.Count);
        Assert.True(made.SetEquals(seen));
    }

    [Fact]
    public async Task Is_empty_without_pools()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Must("ListUserPools", new { MaxResults = 10 });

        Assert.Equal("""{"UserPools":[]}""", answer.Body!.ToJsonString());
    }

    [Theory]
    [InlineData("{}", "Value null at 'maxResults' failed to satisfy constraint: Member must not be null")]
    [InlineData(
        """{"MaxResults":0}""",
        "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or "
        + "equal to 1")]
    [InlineData(
        """{"MaxResults":61}""",
        "Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or "
        + "equal to 60")]
    public async Task Asks_for_a_size_of_the_page(string request, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: " + expected,
            (await world.Call("ListUserPools", JsonNode.Parse(request)!)).ToString());
    }

    [Fact]
    public async Task Refuses_tokens_that_are_old_foreign_or_made_up()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.AnotherClient();
        await TestPool.Create(world);
        var own = (await world.Must("ListUserPools", new { MaxResults = 1 })).Body!.Text("NextToken");
        var foreign = await world.Must(
            "ListUserPoolClients", new { UserPoolId = pool.Id, MaxResults = 1 });

        Assert.Equal("InvalidParameterException", await Try("garbage"));
        Assert.Equal("InvalidParameterException", await Try(foreign["NextToken"]!.GetValue<string>()));
        Assert.Null(await Try(own));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("InvalidParameterException", await Try(own));

        async Task<string?> Try(string token) =>
            (await world.Call("ListUserPools", new { MaxResults = 1, NextToken = token })).Code;
    }
}
