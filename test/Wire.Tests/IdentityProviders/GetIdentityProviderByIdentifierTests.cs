using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class GetIdentityProviderByIdentifierTests
{
    [Theory, EachDatabase]
    public async Task Finds_a_provider_by_each_of_its_identifiers(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await Must(Create(
            world, pool, "Partner", "OIDC", Oidc(),
            new { IdpIdentifiers = new[] { "partner.example", "partner", "partner" } }));
        world.Transcript.Clear();

        await Get(world, pool, "partner.example");
        await Get(world, pool, "partner");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_an_identifier_that_no_provider_of_the_pool_has()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        await Must(Create(
            world, other, "Partner", "OIDC", Oidc(), new { IdpIdentifiers = new[] { "partner" } }));

        Assert.Equal(
            "ResourceNotFoundException: No identity provider has the identifier partner.",
            (await Get(world, pool, "partner")).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Get(world, new(world, Nowhere, ""), "partner")).ToString());
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await Get(world, pool, "a/b")).ToString(),
            StringComparison.Ordinal);
    }

    private static Task<Answer> Get(World world, TestPool pool, string identifier) => world.Call(
        "GetIdentityProviderByIdentifier", new { UserPoolId = pool.Id, IdpIdentifier = identifier });
}
