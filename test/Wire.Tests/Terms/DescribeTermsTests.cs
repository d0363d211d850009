using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Terms.TermsCalls;

namespace Lifeguard.Wire.Tests.Terms;

public sealed class DescribeTermsTests
{
    [Theory, EachDatabase]
    public async Task Shows_terms_with_their_links(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool);
        world.Transcript.Clear();

        await On(world, "DescribeTerms", pool, id);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_a_pool_or_terms_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var id = await Created(world, pool);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await On(world, "DescribeTerms", new(world, Nowhere, "c"), id)).ToString());
        foreach (var (there, terms) in new[] { (pool, NoTerms), (other, id) })
        {
            Assert.Equal(
                $"ResourceNotFoundException: Terms {terms} do not exist.",
                (await On(world, "DescribeTerms", there, terms)).ToString());
        }

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await On(world, "DescribeTerms", pool, "no id")).ToString(),
            StringComparison.Ordinal);
    }
}
