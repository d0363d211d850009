using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class DeleteIdentityProviderTests
{
    [Theory, EachDatabase]
    public async Task Removes_a_provider_with_its_secrets_and_leaves_users(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        await Must(Link(world, pool, "ana", "Corp", "ana@corp"));
        world.Transcript.Clear();

        await On(world, "DeleteIdentityProvider", pool, "Partner");
        await On(world, "DeleteIdentityProvider", pool, "Corp");
        await On(world, "DescribeIdentityProvider", pool, "Corp");
        await world.Call("AdminGetUser", new { UserPoolId = pool.Id, Username = "ana" });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Links_come_back_with_the_same_party_and_with_nobody_else()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        await Must(Link(world, pool, "ana", "Corp", "ana@corp"));
        await Must(On(world, "DeleteIdentityProvider", pool, "Corp"));

        await Must(Create(world, pool, "Corp", "SAML", Saml(Metadata("https://other.example"))));
        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            (await Disable(world, pool, "Corp", "ana@corp")).ToString());
        await Must(On(world, "DeleteIdentityProvider", pool, "Corp"));

        await Must(Create(world, pool, "Corp", "SAML", Saml()));
        Assert.Equal(
            "InvalidParameterException: SourceUser is already linked to DestinationUser",
            (await Link(world, pool, "ana", "Corp", "ana@corp")).ToString());
        await Must(Disable(world, pool, "Corp", "ana@corp"));
        Assert.Null(await Identities(world, pool, "ana"));
    }

    [Fact]
    public async Task Clients_keep_the_name_and_cannot_be_updated_with_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        var settings = new { SupportedIdentityProviders = new[] { "COGNITO", "Google" } };
        var client = await pool.AnotherClient(settings);

        await Must(On(world, "DeleteIdentityProvider", pool, "Google"));

        var named = new { UserPoolId = pool.Id, ClientId = client.ClientId };
        var shown = await Must(world.Call("DescribeUserPoolClient", named));
        Assert.Equal(
            """["COGNITO","Google"]""",
            shown["UserPoolClient"]!["SupportedIdentityProviders"]!.ToJsonString());
        Assert.Equal(
            $"InvalidParameterException: The provider Google does not exist for User Pool {pool.Id}",
            (await world.Call("UpdateUserPoolClient", Calls.Merge(named, settings))).ToString());
    }

    [Fact]
    public async Task Refuses_a_provider_and_a_pool_that_are_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await PoolWithProviders(world));
        Assert.NotEqual(pool.Id, other.Id);

        Assert.Equal(
            "ResourceNotFoundException: Identity provider Google does not exist.",
            await world.LeavesNothing(() => On(world, "DeleteIdentityProvider", pool, "Google")));
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await On(world, "DeleteIdentityProvider", new(world, Nowhere, ""), "Google")).ToString());
    }
}
