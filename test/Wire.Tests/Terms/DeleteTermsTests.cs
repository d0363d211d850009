using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Terms.TermsCalls;

namespace Lifeguard.Wire.Tests.Terms;

public sealed class DeleteTermsTests
{
    [Theory, EachDatabase]
    public async Task Deletes_one_document(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool);
        await Created(world, pool, Privacy);
        world.Transcript.Clear();

        await On(world, "DeleteTerms", pool, id);
        await On(world, "DeleteTerms", pool, id);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_client_can_have_another_of_the_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await On(world, "DeleteTerms", pool, await Created(world, pool));

        Assert.Equal("200", (await Create(world, pool)).ToString());
    }

    [Fact]
    public async Task Refuses_a_pool_or_terms_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var id = await Created(world, pool);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await On(world, "DeleteTerms", new(world, Nowhere, "c"), id)).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: Terms {id} do not exist.",
            await world.LeavesNothing(() => On(world, "DeleteTerms", other, id)));
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await On(world, "DeleteTerms", pool, "no id")).ToString(),
            StringComparison.Ordinal);
    }
}
