using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Terms.TermsCalls;

namespace Lifeguard.Wire.Tests.Terms;

public sealed class UpdateTermsTests
{
    private const string Operation = "UpdateTerms";

    [Theory, EachDatabase]
    public async Task Replaces_what_is_given_and_keeps_the_rest(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await On(world, Operation, pool, id, new { Links = Links("https://moons.example/terms") });
        await On(world, Operation, pool, id, new
        {
            TermsName = Privacy,
            TermsSource = "LINK",
            Enforcement = "NONE",
        });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_the_name_of_the_clients_other_document()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool);
        await Created(world, pool, Privacy);

        Assert.Equal(
            $"TermsExistsException: Terms privacy-policy already exist for client {pool.ClientId}",
            await world.LeavesNothing(() => On(world, Operation, pool, id, new { TermsName = Privacy })));
        Assert.Equal("200", (await On(world, Operation, pool, id, new { TermsName = Use })).ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_two_documents_that_become_one_the_second_does_not(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        string[] ids = [await Created(world, pool), await Created(world, pool, Privacy)];

        // Both change names at once, over and over; they never meet.
        var answers = await world.Burst(20, Operation, i => new
        {
            UserPoolId = pool.Id,
            TermsId = ids[i % 2],
            TermsName = i % 4 < 2 ? Use : Privacy,
        });

        var names = (await world.RowsOf("terms"))
            .Select(row => row.Contains(Use, StringComparison.Ordinal) ? Use : Privacy);
        Assert.Equal([Privacy, Use], names.Order());
        Assert.Empty(answers.Keys.Except(["200", "TermsExistsException", "ConcurrentModificationException"]));
    }

    [Fact]
    public async Task Refuses_links_that_new_terms_may_not_have_either()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var id = await Created(world, pool);
        var german = new Dictionary<string, string> { ["cognito:german"] = "https://planets.example/de" };

        Assert.Equal(
            "InvalidParameterException: The link for cognito:default must be a URL that starts with https://",
            await world.LeavesNothing(() => On(
                world, Operation, pool, id, new { Links = Links("http://planets.example") })));
        Assert.Equal(
            "InvalidParameterException: Links must include cognito:default.",
            await world.LeavesNothing(() => On(world, Operation, pool, id, new { Links = german })));
    }

    [Fact]
    public async Task Refuses_a_pool_or_terms_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var id = await Created(world, pool);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await On(world, Operation, new(world, Nowhere, "c"), id)).ToString());
        foreach (var (there, terms) in new[] { (pool, NoTerms), (other, id) })
        {
            Assert.Equal(
                $"ResourceNotFoundException: Terms {terms} do not exist.",
                await world.LeavesNothing(() => On(world, Operation, there, terms)));
        }
    }
}
