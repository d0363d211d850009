using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class TagResourceTests
{
    [Theory, EachDatabase]
    public async Task Adds_to_the_tags_that_the_pool_was_created_with(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(
            world, new { UserPoolTags = new { team = "river", stage = "test" } });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.Tag(pool.Arn(), ("stage", "live"), ("Cost Centre", "4711"));
        await world.Tag(pool.Arn(), ("stage", "live"));
        await world.Tag(pool.Arn());
        await world.Tags(pool.Arn());

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_them_where_the_pool_is_described()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTags = new { a = "1" } });
        await world.Tag(pool.Arn(), ("b", "2"));

        var described = await PoolSettings.Describe(world, pool.Id);
        Assert.Equal("""{"a":"1","b":"2"}""", described["UserPoolTags"]!.ToJsonString());
        await world.Untag(pool.Arn(), "a", "b");
        Assert.Null((await PoolSettings.Describe(world, pool.Id))["UserPoolTags"]);
    }

    [Fact]
    public async Task Tags_no_other_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));

        await world.Tag(pool.Arn(), ("a", "1"));

        Assert.Equal("a=1", await world.TagsOf(pool));
        Assert.Equal("", await world.TagsOf(other));
    }

    [Fact]
    public async Task Tags_a_replica_by_its_own_ARN_and_leaves_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: true);
        var arn = $"arn:aws:cognito-idp:{TestReplica.Region}:000000000000:userpool/{replica.Pool.Id}";

        await replica.There(() => world.Must(
            "TagResource", new { ResourceArn = arn, Tags = new { sea = "south" } }));

        var there = await replica.There(() => world.Must("ListTagsForResource", new { ResourceArn = arn }));
        Assert.Equal("south", there["Tags"]!["sea"]!.GetValue<string>());
        Assert.Equal("", await world.TagsOf(replica.Pool));
    }

    [Theory]
    [InlineData("a!", "1")]
    [InlineData("a", "1,2")]
    [InlineData("aws:a", "1")]
    [InlineData("AWS:a", "1")]
    [InlineData("", "1")]
    [InlineData("a\0", "1")]
    public async Task Refuses_what_is_no_tag(string key, string value)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.StartsWith(
            "InvalidParameterException: ",
            await world.LeavesNothing(() => world.Tag(pool.Arn(), ("good", "1"), (key, value))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_key_and_value_and_wants_tags()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var (key, value) = (new string('k', 128), new string('v', 256));

        Assert.Equal("200", (await world.Tag(pool.Arn(), (key, value))).ToString());
        foreach (var call in (Func<Task<Answer>>[])
        [
            () => world.Tag(pool.Arn(), (key + "k", value)),
            () => world.Tag(pool.Arn(), ("other", value + "v")),
            () => world.Call("TagResource", new { ResourceArn = pool.Arn() }),
            () => world.Call("TagResource", new { Tags = new { a = "1" } }),
        ])
        {
            Assert.StartsWith(
                "InvalidParameterException: 1 validation error detected: ",
                await world.LeavesNothing(call),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Stops_at_fifty_with_those_there_are()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var tags = new JsonObject(
            Enumerable.Range(0, 49).Select(number => KeyValuePair.Create($"t{number}", (JsonNode?)"x")));
        var pool = await TestPool.Create(world, new { UserPoolTags = tags });

        Assert.Equal(
            "InvalidParameterException: A user pool can have at most 50 tags.",
            await world.LeavesNothing(() => world.Tag(pool.Arn(), ("a", "1"), ("b", "2"))));
        Assert.Equal("200", (await world.Tag(pool.Arn(), ("a", "1"), ("t0", "y"))).ToString());
    }

    [Theory]
    [InlineData(
        TagCalls.Prefix + "us-east-1_Nowhere00",
        "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.")]
    [InlineData(
        "arn:aws:cognito-idp:us-east-1:111111111111:userpool/{pool}",
        "ResourceNotFoundException: User pool {pool} does not exist.")]
    [InlineData(
        "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/{pool}",
        "ResourceNotFoundException: User pool {pool} does not exist.")]
    [InlineData(
        "arn:aws:cognito-identity:us-east-1:000000000000:identitypool/{pool}",
        "InvalidParameterException: arn:aws:cognito-identity:us-east-1:000000000000:identitypool/{pool} "
        + "is not the ARN of a user pool.")]
    [InlineData(
        TagCalls.Prefix + "{pool}/client/app",
        "InvalidParameterException: " + TagCalls.Prefix + "{pool}/client/app is not the ARN of a user pool.")]
    public async Task Takes_the_arn_of_a_pool_and_nothing_else(string arn, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        foreach (var call in (Func<string, Task<Answer>>[])
            [given => world.Tag(given, ("a", "1")), given => world.Untag(given, "a"), world.Tags])
        {
            Assert.Equal(For(expected), await world.LeavesNothing(() => call(For(arn))));
            Assert.StartsWith(
                "InvalidParameterException: 1 validation error detected: ",
                await world.LeavesNothing(() => call(pool.Id + "/and/something/more")),
                StringComparison.Ordinal);
        }

        string For(string text) => text.Replace("{pool}", pool.Id, StringComparison.Ordinal);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Tags_that_come_at_once_are_all_kept(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            20,
            "TagResource",
            number => new
            {
                ResourceArn = pool.Arn(),
                Tags = new Dictionary<string, string> { [$"t{number:D2}"] = "x" },
            });

        Assert.Equal(20, answers["200"]);
        Assert.Equal(20, (await world.TagsOf(pool)).Split(';').Length);
    }
}
