using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class ListGroupsTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_groups_of_the_pool_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await world.CreateGroups(pool, "c", "a");
        await world.Group(pool, "CreateGroup", "b", new { Description = "second", Precedence = 1 });
        await world.CreateGroups(other, "d");
        world.Transcript.Clear();

        var page = await world.Call("ListGroups", new { UserPoolId = pool.Id, Limit = 2 });
        await world.Call(
            "ListGroups",
            new { UserPoolId = pool.Id, Limit = 2, NextToken = page["NextToken"]!.GetValue<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Shows_each_group_once_while_others_come_and_go(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        string[] staying = ["b", "d", "f", "h", "j"];
        await world.CreateGroups(pool, [.. staying, "a"]);
        var number = 0;

        var seen = await world.Pages(
            "ListGroups", new { UserPoolId = pool.Id, Limit = 2 }, "Groups", "GroupName", Churn);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(staying.Except(seen));

        async Task Churn()
        {
            if (number == 0) await world.Group(pool, "DeleteGroup", "a");
            await world.CreateGroups(pool, $"a{number++}");
        }
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData(0, 60)]
    [InlineData(60, 60)]
    [InlineData(1, 1)]
    public async Task Shows_sixty_where_the_call_does_not_say(int? limit, int expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await ManyGroups.Create(world, pool.Id, 61);

        var page = await world.Call("ListGroups", new { UserPoolId = pool.Id, Limit = limit });

        Assert.Equal(expected, page["Groups"]!.AsArray().Count);
        Assert.NotNull(page["NextToken"]);
    }

    [Fact]
    public async Task Shows_an_empty_list_where_there_is_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var page = await world.Call("ListGroups", new { UserPoolId = pool.Id });

        Assert.Equal("""{"Groups":[]}""", page.Body!.ToJsonString());
    }

    [Theory]
    [InlineData(-1, "greater than or equal to 0")]
    [InlineData(61, "less than or equal to 60")]
    public async Task Bounds_the_page(int limit, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            $"InvalidParameterException: 1 validation error detected: Value '{limit}' at 'limit' "
            + $"failed to satisfy constraint: Member must have value {expected}",
            (await world.Call("ListGroups", new { UserPoolId = pool.Id, Limit = limit })).ToString());
    }

    [Fact]
    public async Task Refuses_what_is_no_pool_and_tokens_of_another_or_of_long_ago()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await world.CreateGroups(pool, "a", "b");
        await world.CreateGroups(other, "a", "b");
        var page = await world.Call("ListGroups", new { UserPoolId = pool.Id, Limit = 1 });
        var token = page["NextToken"]!.GetValue<string>();

        Assert.Equal(GroupCalls.NoPool, await Try("us-east-1_Nowhere00", null));
        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request", await Try(other.Id, token));
        Assert.StartsWith(
            "InvalidParameterException", await Try(pool.Id, "garbage"), StringComparison.Ordinal);
        Assert.Equal("200", await Try(pool.Id, token));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.StartsWith("InvalidParameterException", await Try(pool.Id, token), StringComparison.Ordinal);

        async Task<string> Try(string poolId, string? next) => (await world.Call(
            "ListGroups", new { UserPoolId = poolId, Limit = 1, NextToken = next })).ToString();
    }
}
