using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class AdminDisableProviderForUserTests
{
    [Theory, EachDatabase]
    public async Task Takes_links_away_and_then_the_password(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        await Must(Link(world, pool, "ana", "Google", "1"));
        await Must(Link(world, pool, "ana", "Corp", "ana@corp.example", "email"));
        world.Transcript.Clear();

        await Disable(world, pool, "Google", "1");
        await Disable(world, pool, "Corp", "ana@corp.example", "email");
        await Disable(world, pool, "Cognito", "ana");
        await world.Call("AdminGetUser", new { UserPoolId = pool.Id, Username = "ana" });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Neither_the_password_nor_a_new_one_signs_in_until_an_administrator_sets_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana", "ana@example.com");
        Assert.Equal("200", (await pool.SignIn("ana")).ToString());

        await Must(Disable(world, pool, "Cognito", "ana"));
        await Must(Disable(world, pool, "Cognito", "ana"));

        Assert.Equal("EXTERNAL_PROVIDER", await pool.StatusOf("ana"));
        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            (await pool.SignIn("ana")).ToString());
        Assert.Equal(
            "NotAuthorizedException: User password cannot be reset in the current state.",
            (await world.Call(
                "ForgotPassword", new { ClientId = pool.ClientId, Username = "ana" })).ToString());
        await Must(world.Call(
            "AdminSetUserPassword",
            new { UserPoolId = pool.Id, Username = "ana", TestPool.Password, Permanent = true }));
        Assert.Equal("200", (await pool.SignIn("ana")).ToString());
    }

    [Fact]
    public async Task An_identity_that_was_taken_away_can_be_linked_to_another_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        await Must(Link(world, pool, "ana", "Google", "1"));

        await Must(Disable(world, pool, "Google", "1"));

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => Disable(world, pool, "Google", "1")));
        await Must(Link(world, pool, "bob", "Google", "1"));
        Assert.Null(await Identities(world, pool, "ana"));
    }

    [Theory]
    [InlineData("Google", "Cognito_Subject", "2", "UserNotFoundException: User does not exist.")]
    [InlineData("Corp", "email", "1", "UserNotFoundException: User does not exist.")]
    [InlineData("Cognito", "Cognito_Subject", "nobody", "UserNotFoundException: User does not exist.")]
    [InlineData("Cognito", "email", "ana", "InvalidParameterException: Invalid User: ProviderAttributeName "
        + "must be Cognito_Subject.")]
    [InlineData("Google", "email", "1", "InvalidParameterException: Invalid User: ProviderAttributeName must "
        + "be Cognito_Subject.")]
    [InlineData("Google", "Cognito_Subject", "", "InvalidParameterException: Invalid User: "
        + "ProviderAttributeValue is required.")]
    [InlineData("Nobody", "Cognito_Subject", "1", "ResourceNotFoundException: Identity provider Nobody does "
        + "not exist.")]
    public async Task Refuses_an_identity_that_opens_no_account(
        string provider, string attribute, string value, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        await Must(Link(world, pool, "ana", "Google", "1"));

        Assert.Equal(
            told, await world.LeavesNothing(() => Disable(world, pool, provider, value, attribute)));
    }

    [Fact]
    public async Task Refuses_an_identity_without_a_provider_and_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);

        Assert.Equal(
            "InvalidParameterException: Invalid User: ProviderName is required.",
            (await world.Call(
                "AdminDisableProviderForUser",
                new { UserPoolId = pool.Id, User = new { ProviderAttributeValue = "1" } })).ToString());
        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Disable(world, new(world, Nowhere, ""), "Google", "1")).ToString());
    }
}
