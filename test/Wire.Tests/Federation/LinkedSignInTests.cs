using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Wire.Tests.OAuth;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>Identities that an administrator has linked open the account of their user.</summary>
public sealed class LinkedSignInTests
{
    private const string Reset = "PasswordResetRequiredException: Password reset required for the user";

    [Theory, EachDatabase]
    public async Task A_linked_identity_opens_the_account_it_is_linked_to(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world, new { email = "email", name = "name" });
        var ana = await pool.Pool.ConfirmedUser("ana", "old@example.com");
        pool.Provider.Person["name"] = "Ana";
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        Assert.Equal("ana", await world.Watch("sign in", () => pool.SignIn()));

        world.Transcript.ShouldMatchApproved();
        Assert.Equal(
            "email=ana@example.com;email_verified=false;name=Ana", await pool.AttributesOf("ana"));
        Assert.Equal(ana.Sub, (await pool.Arrive()).User.Sub);
        Assert.True((await pool.Pool.SignIn("ana")).IsSuccess);
    }

    [Theory, EachDatabase]
    public async Task One_linked_by_an_attribute_is_known_by_its_subject_from_then_on(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world);
        await pool.Pool.ConfirmedUser("ana");
        await Must(Link(world, pool.Pool, "ana", "Partner", "ana@example.com", "email"));

        Assert.Equal("ana", await pool.SignIn());

        Assert.Contains(
            """[{"userId":"123","providerName":"Partner","providerType":"OIDC","issuer":null,"primary":""",
            await Identities(world, pool.Pool, "ana"), StringComparison.Ordinal);
        // Whoever has the address at the provider later is somebody else.
        pool.Provider.Person = new() { ["sub"] = "456", ["email"] = "ana@example.com" };
        Assert.Equal("Partner_456", await pool.SignIn());
        pool.Provider.Person = new() { ["sub"] = "123", ["email"] = "new@example.com" };
        Assert.Equal("ana", await pool.SignIn());
        await Must(Disable(world, pool.Pool, "Partner", "123"));
        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Fact]
    public async Task An_identity_that_is_not_linked_any_more_makes_a_user_of_its_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.Pool.ConfirmedUser("ana");
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        await pool.SignIn();

        await Must(Disable(world, pool.Pool, "Partner", "123"));

        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Fact]
    public async Task An_identity_that_has_signed_in_is_not_linked_afterwards()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.SignIn();
        await pool.Pool.ConfirmedUser("bob");

        Assert.Equal(
            "InvalidParameterException: Merging is not currently supported, provide a SourceUser that has "
            + "not been signed up in order to link",
            (await Link(world, pool.Pool, "bob", "Partner", "123")).ToString());
    }

    [Theory]
    [InlineData("AdminDisableUser", "invalid_request: User is not enabled")]
    [InlineData("AdminResetUserPassword", "ana")]
    public async Task What_is_wrong_with_the_password_keeps_nobody_outside(string operation, string outcome)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.Pool.ConfirmedUser("ana", "old@example.com");
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        await Must(world.Admin(pool.Pool, operation, "ana"));

        Assert.Equal(outcome, await pool.SignIn());
    }

    // At once, and once more in the browser that is known by then; for tokens from before a reset and after.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Tokens_from_elsewhere_outlive_a_reset_of_the_password(bool isFirst, bool isResetBefore)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.Pool.ConfirmedUser("ana", "old@example.com");
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        if (isResetBefore) await world.SetStatus(pool.Pool.Id, "ana", "RESET_REQUIRED");
        var app = new OAuthApp(world, pool.Pool);
        var tokens = (await Redeem(app, await pool.CodeFor((await pool.Arrive()).SignIn, isFirst))).Given;
        if (!isResetBefore) await world.SetStatus(pool.Pool.Id, "ana", "RESET_REQUIRED");

        Assert.StartsWith(
            "sub=", await app.UserInfo($"Bearer {tokens.AccessToken}"), StringComparison.Ordinal);
        Assert.True((await world.Call("GetUser", new { tokens.AccessToken })).IsSuccess);
        var refreshed = await app.Token("refresh_token", ("refresh_token", tokens.RefreshToken!));
        Assert.True((await world.Call("GetUser", new { refreshed.Given.AccessToken })).IsSuccess);
        // With the password that has to be reset nothing is done, and no other is set in its place.
        Assert.Equal(Reset, (await world.Call("ChangePassword", new
        {
            tokens.AccessToken,
            PreviousPassword = TestPool.Password,
            ProposedPassword = "New-1234!",
        })).ToString());
        Assert.Equal(Reset, (await pool.Pool.SignIn("ana")).ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Those_of_the_pages_own_form_do_not(bool isFirst)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var ana = await pool.Pool.ConfirmedUser("ana", "old@example.com");
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        var (app, now) = (new OAuthApp(world, pool.Pool), world.Clock.GetUtcNow());
        var signIn = new BrowserSignIn(
            pool.Pool.Id, ana.Sub, world.Get<RandomSource>().TimedId(now), now, ["pwd"], Provider: null);
        var tokens = (await Redeem(app, await pool.CodeFor(signIn, isFirst))).Given;
        var code = await pool.CodeFor(signIn, isFirst);
        await Must(world.Admin(pool.Pool, "AdminResetUserPassword", "ana"));

        Assert.Equal("400 invalid_grant", (await Redeem(app, code)).ToString());
        Assert.Equal(
            "400 invalid_grant",
            (await app.Token("refresh_token", ("refresh_token", tokens.RefreshToken!))).ToString());
        Assert.Equal(Reset, (await world.Call("GetUser", new { tokens.AccessToken })).ToString());
    }

    [Fact]
    public async Task An_invited_user_comes_in_and_one_that_is_not_confirmed_does_not()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.Pool.InvitedUser("ana");
        await Must(Link(world, pool.Pool, "ana", "Partner", "123"));
        Assert.Equal("ana", await pool.SignIn());

        await world.SignUp(pool.Pool, "bob");
        await Must(Link(world, pool.Pool, "bob", "Partner", "456"));
        pool.Provider.Person["sub"] = "456";
        Assert.Equal("invalid_request: User is not confirmed.", await pool.SignIn());
    }

    [Fact]
    public async Task An_address_that_another_user_signs_in_with_does_not_come_over()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, settings: new { UsernameAttributes = new[] { "email" } });
        var ana = await pool.Pool.ConfirmedUser("first@example.com");
        await pool.Pool.ConfirmedUser("ana@example.com");
        await Must(Link(world, pool.Pool, ana.Sub, "Partner", "123"));

        Assert.Equal(
            "invalid_request: An account with the given email already exists.", await pool.SignIn());
        Assert.Equal("first@example.com", await world.AttributeOf(pool.Pool, ana.Sub, "email"));
    }

    [Fact]
    public async Task A_federated_user_that_is_unlinked_is_found_by_aliases_unless_they_are_taken()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, settings: new { UsernameAttributes = new[] { "email" } });
        await pool.SignIn();
        await pool.Pool.ConfirmedUser("ana@example.com");

        Assert.Equal(
            "AliasExistsException: An account with the email already exists.",
            (await Disable(world, pool.Pool, "Partner", "123")).ToString());
    }

    private static Task<OAuthOutcome> Redeem(OAuthApp app, string code) => app.Token(
        "authorization_code", ("code", code), ("redirect_uri", "https://app.example/cb"));
}
