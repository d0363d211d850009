using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Groups;

public sealed class CreateGroupTests
{
    private const string Role = "arn:aws:iam::000000000000:role/keepers";
    private const string Exists = "GroupExistsException: A group with the name already exists.";

    [Theory, EachDatabase]
    public async Task Creates_a_group_with_what_it_is_given(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await world.Group(
            pool,
            "CreateGroup",
            "keepers",
            new { Description = "Those who keep", RoleArn = Role, Precedence = 0 });
        await world.Group(pool, "CreateGroup", "others");
        await world.Group(pool, "CreateGroup", "keepers", new { Precedence = 5 });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Tells_names_apart_by_case_and_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await world.CreateGroups(pool, "a", "A", "ä", "😀!", new string('x', 128));
        await world.CreateGroups(other, "a");

        Assert.Equal(Exists, await world.LeavesNothing(() => world.Group(pool, "CreateGroup", "A")));
        Assert.Equal(
            ["A", "a", new string('x', 128), "ä", "😀!"],
            await world.Pages("ListGroups", new { UserPoolId = pool.Id }, "Groups", "GroupName"));
    }

    [Theory, EachDatabase]
    public async Task Keeps_a_description_to_the_letter(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        foreach (var (name, description) in (IEnumerable<(string, string)>)
        [
            ("zero", "a\0b"),
            ("empty", ""),
            ("long", new string('é', 2048)),
            ("lines", "a\r\n\t\"b\"😀"),
        ])
        {
            await world.Group(pool, "CreateGroup", name, new { Description = description });

            var found = await world.Group(pool, "GetGroup", name);
            Assert.Equal(description, found["Group"]!["Description"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("two words", null, null, null, "'groupName'")]
    [InlineData("", null, null, null, "'groupName'")]
    [InlineData("a\0", null, null, null, "'groupName'")]
    [InlineData("a", 2049, null, null, "'description'")]
    [InlineData("a", null, "role/keepers-of-the-pool", null, "'roleArn'")]
    [InlineData("a", null, "arn:aws:iam", null, "'roleArn'")]
    [InlineData("a", null, null, -1, "'precedence'")]
    public async Task Bounds_what_a_group_is_made_of(
        string name, int? described, string? role, int? precedence, string at)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await world.LeavesNothing(() => world.Group(
            pool,
            "CreateGroup",
            name,
            new
            {
                Description = described is { } length ? new string('x', length) : null,
                RoleArn = role,
                Precedence = precedence,
            }));

        Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
        Assert.Contains(at, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_is_no_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            GroupCalls.NoPool,
            await world.LeavesNothing(() => world.Group(GroupCalls.Nowhere(world), "CreateGroup", "a")));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_of_one_name_at_once_one_is_created(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            10, "CreateGroup", _ => new { UserPoolId = pool.Id, GroupName = "a" });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(9, answers["GroupExistsException"]);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Stops_at_ten_thousand_also_when_many_come_at_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await ManyGroups.Create(world, pool.Id, 9_998);

        var answers = await world.Burst(
            10, "CreateGroup", number => new { UserPoolId = pool.Id, GroupName = $"new-{number}" });

        Assert.Equal(2, answers["200"]);
        Assert.Equal(8, answers["LimitExceededException"]);
        Assert.Equal("GroupExistsException", await Create(pool, "many-1"));
        Assert.Null(await Create(other, "many-1"));
        await world.Send("DeleteGroup", $$"""{"UserPoolId":"{{pool.Id}}","GroupName":"many-1"}""");
        Assert.Null(await Create(pool, "many-1"));
        Assert.Equal("LimitExceededException", await Create(pool, "one-more"));

        async Task<string?> Create(TestPool where, string name) => (await world.Send(
            "CreateGroup", $$"""{"UserPoolId":"{{where.Id}}","GroupName":"{{name}}"}""")).Code;
    }
}
