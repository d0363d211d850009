using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class ListTagsForResourceTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_tags_of_the_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var bare = await TestPool.Create(world);
        var tags = new Dictionary<string, string> { ["team"] = "Flüsse 😀", ["x"] = "" };
        var pool = await TestPool.Create(world, new { UserPoolTags = tags });
        world.Transcript.Clear();

        await world.Tags(bare.Arn());
        await world.Tags(pool.Arn());

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_what_the_last_update_of_the_pool_says()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTags = new { a = "1" } });
        await world.Tag(pool.Arn(), ("b", "2"));
        Assert.Equal("a=1;b=2", await world.TagsOf(pool));

        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, UserPoolTags = new { c = "3" } });
        Assert.Equal("c=3", await world.TagsOf(pool));
        await world.Must("DeleteUserPool", new { UserPoolId = pool.Id });

        Assert.Equal(
            $"ResourceNotFoundException: User pool {pool.Id} does not exist.",
            (await world.Tags(pool.Arn())).ToString());
    }
}
