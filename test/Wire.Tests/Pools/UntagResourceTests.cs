using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class UntagResourceTests
{
    [Theory, EachDatabase]
    public async Task Removes_tags_by_their_keys(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(
            world, new { UserPoolTags = new { a = "1", b = "2", c = "3" } });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.Untag(pool.Arn(), "a", "b", "A", "nothing");
        await world.Untag(pool.Arn(), "a");
        await world.Tags(pool.Arn());
        await world.Untag(pool.Arn(), "c", "c");
        await world.Tags(pool.Arn());

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Wants_keys_within_their_bounds()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTags = new { a = "1" } });

        foreach (var call in (Func<Task<Answer>>[])
        [
            () => world.Untag(pool.Arn(), "a", ""),
            () => world.Untag(pool.Arn(), new string('k', 129)),
            () => world.Call("UntagResource", new { ResourceArn = pool.Arn() }),
        ])
        {
            Assert.StartsWith(
                "InvalidParameterException: 1 validation error detected: ",
                await world.LeavesNothing(call),
                StringComparison.Ordinal);
        }

        Assert.Equal("200", await world.LeavesNothing(() => world.Untag(pool.Arn())));
        Assert.Equal("a=1", await world.TagsOf(pool));
    }
}
