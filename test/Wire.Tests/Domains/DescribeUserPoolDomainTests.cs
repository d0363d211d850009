using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Domains;

public sealed class DescribeUserPoolDomainTests
{
    [Theory, EachDatabase]
    public async Task Shows_a_domain_whatever_its_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await DomainCalls.Create(world, pool, "planets");
        await DomainCalls.Create(world, pool, "login.planets.example", DomainCalls.Certificate);
        world.Transcript.Clear();

        await DomainCalls.Describe(world, "planets");
        await DomainCalls.Describe(world, "login.planets.example");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_description_of_a_name_that_nobody_has_is_empty()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        foreach (var name in (string[])["nobody", "login.nobody.example"])
        {
            Assert.Equal(
                """{"DomainDescription":{}}""",
                (await DomainCalls.Describe(world, name)).Body!.ToJsonString());
        }
    }

    [Fact]
    public async Task Refuses_what_is_no_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Contains(
            "validation error",
            (await DomainCalls.Describe(world, "Planets")).ToString(),
            StringComparison.Ordinal);
    }
}
