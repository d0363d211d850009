using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class AdminListGroupsForUserTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_groups_of_the_user_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        await world.Group(pool, "CreateGroup", "c", new { Description = "third", Precedence = 0 });
        await world.CreateGroups(pool, "b", "a", "other");
        await world.Join(pool, "ana", "b", "c", "a");
        await world.Join(pool, "bob", "other");
        world.Transcript.Clear();

        var page = await world.Admin(pool, "AdminListGroupsForUser", "ana", new { Limit = 2 });
        await world.Admin(
            pool,
            "AdminListGroupsForUser",
            "ana",
            new { Limit = 2, NextToken = page["NextToken"]!.GetValue<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_an_empty_list_where_there_is_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");

        var page = await world.Admin(pool, "AdminListGroupsForUser", "ana");

        Assert.Equal("""{"Groups":[]}""", page.Body!.ToJsonString());
    }

    [Fact]
    public async Task Takes_tokens_of_this_user_alone_whatever_the_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var ana = await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        await world.CreateGroups(pool, "a", "b");
        await world.Join(pool, "ana", "a", "b");
        await world.Join(pool, "bob", "a", "b");
        var page = await world.Admin(pool, "AdminListGroupsForUser", "ana", new { Limit = 1 });
        var token = page["NextToken"]!.GetValue<string>();
        var ofPool = await world.Call("ListGroups", new { UserPoolId = pool.Id, Limit = 1 });

        Assert.Equal("200", await Try(ana.Sub, token));
        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request", await Try("bob", token));
        foreach (var foreign in (string[])["garbage", ofPool["NextToken"]!.GetValue<string>()])
        {
            Assert.Equal(
                "InvalidParameterException: Invalid pagination token.", await Try("ana", foreign));
        }

        async Task<string> Try(string username, string next) => (await world.Admin(
            pool, "AdminListGroupsForUser", username, new { NextToken = next })).ToString();
    }

    [Fact]
    public async Task Refuses_what_is_no_user_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await other.ConfirmedUser("ana");

        Assert.Equal(
            GroupCalls.NoUser, (await world.Admin(pool, "AdminListGroupsForUser", "ana")).ToString());
        Assert.Equal(
            GroupCalls.NoPool,
            (await world.Admin(GroupCalls.Nowhere(world), "AdminListGroupsForUser", "ana")).ToString());
    }
}
