using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Terms.TermsCalls;

namespace Lifeguard.Wire.Tests.Terms;

public sealed class CreateTermsTests
{
    [Theory, EachDatabase]
    public async Task Says_where_both_documents_of_a_client_are(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await Create(world, pool, Use, new
        {
            Links = new Dictionary<string, string>
            {
                ["cognito:spanish"] = "https://planets.example/es/términos?a=1&b=2#c",
                ["cognito:default"] = "https://planets.example/terms",
            },
        });
        await Create(world, pool, Privacy);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task A_client_has_one_document_of_each_name(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        var (other, _) = await world.AnotherClient(pool, new { });

        var answers = await world.Burst(
            20, "CreateTerms", i => Request(pool, i % 2 == 0 ? Use : Privacy));

        Assert.Equal((2, 18), (answers["200"], answers["TermsExistsException"]));
        Assert.Equal(
            $"TermsExistsException: Terms terms-of-use already exist for client {pool.ClientId}",
            await world.LeavesNothing(() => Create(world, pool)));
        Assert.Equal("200", (await Create(world, other)).ToString());
    }

    [Theory]
    [InlineData("http://planets.example/terms")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//planets.example/terms")]
    [InlineData("planets.example/terms")]
    [InlineData("https:planets.example")]
    [InlineData("https://")]
    [InlineData("https://user@planets.example/terms")]
    [InlineData("data:text/html,terms")]
    public async Task Refuses_links_that_lead_to_no_page_of_the_web(string link)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var links = Links();
        links["cognito:german"] = link;

        Assert.Equal(
            "InvalidParameterException: The link for cognito:german must be a URL that starts with https://",
            await world.LeavesNothing(() => Create(world, pool, Use, new { Links = links })));
    }

    [Fact]
    public async Task Needs_a_link_for_every_language()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var german = new Dictionary<string, string> { ["cognito:german"] = "https://planets.example/de" };

        foreach (var links in (object?[])[german, null])
        {
            Assert.Equal(
                "InvalidParameterException: Links must include cognito:default.",
                await world.LeavesNothing(() => Create(world, pool, Use, new { Links = links })));
        }
    }

    [Fact]
    public async Task Refuses_what_breaks_the_contract()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var klingon = Links();
        klingon["cognito:klingon"] = "https://planets.example/tlh";

        foreach (var more in (object[])
            [
                new { TermsName = "cookies" },
                new { TermsSource = "TEXT" },
                new { Enforcement = "ALWAYS" },
                new { Links = klingon },
                new { Links = Links("https://planets.example/" + new string('a', 1001)) },
                new { Links = new { } },
            ])
        {
            Assert.StartsWith(
                "InvalidParameterException: 1 validation error detected",
                await world.LeavesNothing(() => Create(world, pool, Use, more)),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Go_with_their_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var (other, _) = await world.AnotherClient(pool, new { });
        var kept = await Created(world, pool);
        await Created(world, other);

        await world.Must("DeleteUserPoolClient", new { UserPoolId = pool.Id, other.ClientId });

        Assert.Contains(kept, Assert.Single(await world.RowsOf("terms")));
    }

    [Fact]
    public async Task Refuses_a_pool_or_client_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Create(world, new(world, Nowhere, "c"))).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool client {other.ClientId} does not exist.",
            await world.LeavesNothing(() => Create(world, new(world, pool.Id, other.ClientId))));
    }
}
