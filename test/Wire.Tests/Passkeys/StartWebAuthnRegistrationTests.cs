using Lifeguard.Wire.Tests.Domains;
using Lifeguard.Worlds;
using Lifeguard.Worlds.Passkeys;
using Xunit;

namespace Lifeguard.Wire.Tests.Passkeys;

public sealed class StartWebAuthnRegistrationTests
{
    [Theory, EachDatabase]
    public async Task Hands_out_what_a_browser_needs_to_make_a_passkey(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        var authenticator = world.Steady();
        world.Transcript.Clear();

        await world.Call("StartWebAuthnRegistration", new { AccessToken = accessToken });
        await world.RegisterPasskey(accessToken, authenticator);
        await world.Call("StartWebAuthnRegistration", new { AccessToken = accessToken });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Each_challenge_is_another_one_and_long_enough()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        var first = (await world.StartPasskey(accessToken))["challenge"]!.GetValue<string>();
        var second = (await world.StartPasskey(accessToken))["challenge"]!.GetValue<string>();

        Assert.NotEqual(first, second);
        Assert.True(first.Length >= 43);
    }

    [Fact]
    public async Task Asks_for_verification_as_the_pool_does()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(
            world, configuration: new { RelyingPartyId = "auth.example.org", UserVerification = "required" });
        await pool.ConfirmedUser("ana");

        var options = await world.StartPasskey(await pool.AccessTokenOf("ana"));

        Assert.Equal("auth.example.org", options["rp"]!["id"]!.GetValue<string>());
        Assert.Equal(
            "required", options["authenticatorSelection"]!["userVerification"]!.GetValue<string>());
    }

    [Fact]
    public async Task Needs_passkeys_among_the_pool_s_first_factors()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world, "pe");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        Assert.StartsWith("WebAuthnNotEnabledException", await Refusal(world, accessToken));
    }

    [Fact]
    public async Task Needs_a_relying_party()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world, configuration: new { UserVerification = "preferred" });
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        Assert.StartsWith("WebAuthnConfigurationMissingException", await Refusal(world, accessToken));
    }

    [Fact]
    public async Task Without_one_it_is_the_pool_s_domain_and_a_custom_one_rather_than_a_prefix()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world, configuration: new { UserVerification = "preferred" });
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        await DomainCalls.Create(world, pool, "planets");
        Assert.Equal("planets.auth.us-east-1.localhost", await Party());
        await DomainCalls.Create(world, pool, "login.planets.example", DomainCalls.Certificate);
        Assert.Equal("login.planets.example", await Party());

        async Task<string> Party() =>
            (await world.StartPasskey(accessToken))["rp"]!["id"]!.GetValue<string>();
    }

    [Fact]
    public async Task A_user_has_twenty_passkeys_at_most()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        var early = await world.StartPasskey(accessToken);
        for (var i = 0; i < 20; i++) await world.RegisterPasskey(accessToken);

        Assert.StartsWith("LimitExceededException", await Refusal(world, accessToken));
        var late = await world.CompletePasskey(accessToken, new SoftwareAuthenticator().Create(early));
        Assert.Equal("LimitExceededException", late.Code);
        Assert.Equal(20, (await world.RowsOf("web_authn_credential")).Count);
    }

    [Fact]
    public async Task Is_for_users_who_are_signed_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Refusal(world, "e30.e30.e30"));
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.StartsWith("PasswordResetRequiredException", await Refusal(world, accessToken));
    }

    private static Task<string> Refusal(World world, string accessToken) => world.LeavesNothing(
        () => world.Call("StartWebAuthnRegistration", new { AccessToken = accessToken }));
}
