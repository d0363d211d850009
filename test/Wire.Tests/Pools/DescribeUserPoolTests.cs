using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class DescribeUserPoolTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_pool_and_counts_its_users(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        world.Transcript.Clear();

        await world.Call("DescribeUserPool", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("us-east-1_Nowhere00",
        "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.")]
    [InlineData(
        "nowhere",
        @"InvalidParameterException: 1 validation error detected: Value 'nowhere' at 'userPoolId' failed to "
        + @"satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+")]
    public async Task Refuses_what_is_no_pool(string id, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        await TestPool.Create(world);

        Assert.Equal(expected, (await world.Call("DescribeUserPool", new { UserPoolId = id })).ToString());
    }

    [Fact]
    public async Task Asks_for_an_id()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: Value null at 'userPoolId' failed to "
            + "satisfy constraint: Member must not be null",
            (await world.Call("DescribeUserPool", new { UserPoolId = (string?)null })).ToString());
    }
}
