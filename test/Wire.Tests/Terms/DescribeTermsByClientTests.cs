using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Terms.TermsCalls;

namespace Lifeguard.Wire.Tests.Terms;

public sealed class DescribeTermsByClientTests
{
    [Theory, EachDatabase]
    public async Task Shows_each_document_of_the_client(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await Created(world, pool);
        await Created(world, pool, Privacy, new { Links = Links("https://planets.example/privacy") });
        world.Transcript.Clear();

        await ByClient(world, pool, Use);
        await ByClient(world, pool, Privacy);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await Created(world, other);

        Assert.Equal(
            $"ResourceNotFoundException: Terms terms-of-use for client {pool.ClientId} do not exist.",
            (await ByClient(world, pool, Use)).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {other.ClientId} does not exist.",
            (await ByClient(world, new(world, pool.Id, other.ClientId), Use)).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await ByClient(world, new(world, Nowhere, "c"), Use)).ToString());
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await ByClient(world, pool, "cookies")).ToString(),
            StringComparison.Ordinal);
    }

    private static Task<Answer> ByClient(World world, TestPool pool, string name) => world.Call(
        "DescribeTermsByClient", new { UserPoolId = pool.Id, pool.ClientId, TermsName = name });
}
