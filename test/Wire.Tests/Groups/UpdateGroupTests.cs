using System.Text.Json;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class UpdateGroupTests
{
    private const string Role = "arn:aws:iam::000000000000:role/keepers";

    [Theory, EachDatabase]
    public async Task Changes_what_it_is_given_and_keeps_the_rest(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await world.Group(
            pool, "CreateGroup", "keepers", new { Description = "old", RoleArn = Role, Precedence = 3 });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.Group(pool, "UpdateGroup", "keepers", new { Precedence = 0 });
        await world.Group(
            pool, "UpdateGroup", "keepers", new { Description = "", RoleArn = Role + "2" });
        await world.Group(pool, "UpdateGroup", "keepers");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Keeps_the_members()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.CreateGroups(pool, "keepers");
        await world.Join(pool, "ana", "keepers");

        await world.Group(pool, "UpdateGroup", "keepers", new { Precedence = 1 });

        Assert.Equal(["ana"], await world.UsersIn(pool, "keepers"));
    }

    [Fact]
    public async Task Refuses_what_is_no_group_and_what_a_group_may_not_be()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await world.CreateGroups(pool, "keepers");

        Assert.Equal(
            GroupCalls.NoGroup,
            await world.LeavesNothing(() => world.Group(pool, "UpdateGroup", "KEEPERS")));
        Assert.Equal(
            GroupCalls.NoPool,
            await world.LeavesNothing(
                () => world.Group(GroupCalls.Nowhere(world), "UpdateGroup", "keepers")));
        Assert.StartsWith(
            "InvalidParameterException: 2 validation errors detected: ",
            await world.LeavesNothing(() => world.Group(
                pool,
                "UpdateGroup",
                "keepers",
                new { RoleArn = "no-arn-of-any-role-at-all", Precedence = -1 })),
            StringComparison.Ordinal);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Updates_at_once_all_take_effect(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await world.CreateGroups(pool, "keepers");
        object[] changes =
            [new { Description = "new" }, new { RoleArn = Role }, new { Precedence = 7 }];

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Task.Run(() => world.Send(
            "UpdateGroup",
            JsonSerializer.Serialize(Calls.Merge(
                new { UserPoolId = pool.Id, GroupName = "keepers" }, changes[number % 3]))))));

        Assert.All(answers, answer => Assert.Equal("200", answer.ToString()));
        var group = (await world.Group(pool, "GetGroup", "keepers"))["Group"]!;
        Assert.Equal("new", group["Description"]!.GetValue<string>());
        Assert.Equal(Role, group["RoleArn"]!.GetValue<string>());
        Assert.Equal(7, group["Precedence"]!.GetValue<int>());
    }
}
