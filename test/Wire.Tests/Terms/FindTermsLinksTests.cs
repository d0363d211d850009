using Lifeguard.Domain.Branding;
using Lifeguard.Operations.Terms;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.Terms.TermsCalls;

namespace Lifeguard.Wire.Tests.Terms;

public sealed class FindTermsLinksTests
{
    [Fact]
    public async Task Pages_show_links_once_there_are_both_documents()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var links = Links("https://planets.example/privacy");
        links["cognito:portuguese-brazil"] = "https://planets.example/pt/privacy";
        await Created(world, pool, Privacy, new { Links = links });
        Assert.Null(await LinksIn("en"));

        var id = await Created(world, pool);

        Assert.Equal(
            new("https://planets.example/terms", "https://planets.example/privacy"), await LinksIn("en"));
        Assert.Equal(
            new("https://planets.example/terms", "https://planets.example/pt/privacy"),
            await LinksIn("pt-BR"));
        Assert.Equal(
            new("https://planets.example/terms", "https://planets.example/privacy"), await LinksIn("tlh"));
        await On(world, "DeleteTerms", pool, id);
        Assert.Null(await LinksIn("en"));

        async Task<TermsLinks?> LinksIn(string language)
        {
            var cancellation = TestContext.Current.CancellationToken;
            var client = await world.Get<ClientStore>().Get(pool.Id, pool.ClientId, cancellation);
            return await world.Get<FindTermsLinks>().Of(client, language, cancellation);
        }
    }
}
