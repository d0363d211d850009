using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class UpdateIdentityProviderTests
{
    [Theory, EachDatabase]
    public async Task Replaces_what_is_given_and_keeps_the_rest(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await Must(Create(
            world, pool, "Partner", "OIDC", Oidc(),
            new { AttributeMapping = new { email = "mail" }, IdpIdentifiers = new[] { "one", "two" } }));
        var details = Oidc();
        details.Remove("client_secret");
        details["client_id"] = "moons";
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await Update(world, pool, new { IdpIdentifiers = new[] { "two", "three" } });
        await Update(world, pool, new { AttributeMapping = new { name = "n" }, ProviderDetails = details });
        await Update(world, pool, new { IdpIdentifiers = Array.Empty<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Takes_what_it_shows()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        foreach (var name in (string[])["Google", "Corp", "Partner"])
        {
            var shown = (await On(world, "DescribeIdentityProvider", pool, name))["IdentityProvider"]!;

            var updated = await Must(world.Call(
                "UpdateIdentityProvider",
                new
                {
                    UserPoolId = pool.Id,
                    ProviderName = name,
                    ProviderDetails = shown["ProviderDetails"],
                    AttributeMapping = shown["AttributeMapping"],
                }));

            Assert.Equal(shown.ToJsonString(), updated["IdentityProvider"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Refuses_details_as_creation_does_and_leaves_the_old()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);

        Assert.Equal(
            "InvalidParameterException: clientId, authorizeScopes, oidcIssuer and "
            + "attributesRequestMethod are all required idp details.",
            await world.LeavesNothing(() => Update(
                world, pool, new { ProviderDetails = new { client_id = "moons" } })));
        Assert.StartsWith(
            "InvalidParameterException: Invalid attribute mapping",
            await world.LeavesNothing(() => Update(
                world, pool, new { AttributeMapping = new { moons = "m" } })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_identifier_of_another_provider()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        var corp = new { IdpIdentifiers = new[] { "corp" } };
        await Must(Update(world, pool, corp, "Corp"));

        Assert.Equal(
            "InvalidParameterException: Another identity provider has the identifier corp.",
            await world.LeavesNothing(() => Update(world, pool, corp)));
        await Must(Update(world, pool, corp, "Corp"));
    }

    [Fact]
    public async Task Tells_who_comes_second_that_somebody_was_faster()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        var isFirst = true;
        world.Get<ScriptedHttp>().Answer = _ =>
        {
            // While the provider is asked, somebody else changes it.
            if (isFirst)
            {
                isFirst = false;
                var other = world.Send(
                    "UpdateIdentityProvider",
                    $$"""{"UserPoolId":"{{pool.Id}}","ProviderName":"Partner","IdpIdentifiers":["x"]}""");
                Assert.Equal("200", other.GetAwaiter().GetResult().ToString());
            }

            return new OutboundAnswer(404, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);
        };
        var details = Oidc();
        details.Remove("attributes_url");

        var second = await Update(world, pool, new { ProviderDetails = details });

        Assert.Equal(
            "ConcurrentModificationException: Concurrent modification of identity provider",
            second.ToString());
        Assert.False(isFirst);
    }

    [Fact]
    public async Task Refuses_a_provider_and_a_pool_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "ResourceNotFoundException: Identity provider Partner does not exist.",
            (await Update(world, pool, new { })).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Update(world, new(world, Nowhere, ""), new { })).ToString());
    }

    private static Task<Answer> Update(
        World world, TestPool pool, object changes, string name = "Partner") => world.Call(
        "UpdateIdentityProvider", Calls.Merge(new { UserPoolId = pool.Id, ProviderName = name }, changes));
}
