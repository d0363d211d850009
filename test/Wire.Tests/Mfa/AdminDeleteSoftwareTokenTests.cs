using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Mfa;

public sealed class AdminDeleteSoftwareTokenTests
{
    [Theory, EachDatabase]
    public async Task Forgets_an_authenticator_and_lets_the_user_set_up_another_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, _) = await SetUserMFAPreferenceTests.SignedIn(world);
        await world.Admin(
            pool,
            "AdminSetUserMFAPreference",
            "ana",
            SetUserMFAPreferenceTests.Blocks("email=on;token=preferred"));
        world.Transcript.Clear();

        await world.Admin(pool, "AdminDeleteSoftwareToken", "ana");
        await world.Admin(pool, "AdminGetUser", "ana");
        await pool.SignIn("ana");
        await world.Admin(pool, "AdminDeleteSoftwareToken", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task In_a_pool_that_demands_a_factor_the_next_sign_in_sets_one_up()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "t"));
        await app.Pool.ConfirmedUser("ana");
        await Authenticator.Enrol(world, app.Pool, "ana");
        await world.Must("SetUserPoolMfaConfig", new { UserPoolId = app.Pool.Id, MfaConfiguration = "ON" });
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(await app.Password("ana")));

        await world.Admin(app.Pool, "AdminDeleteSoftwareToken", "ana");

        Assert.Equal("MFA_SETUP", TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task A_sign_in_under_way_is_told()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "t"));
        await app.Pool.ConfirmedUser("ana");
        var authenticator = await Authenticator.Enrol(world, app.Pool, "ana");
        var challenge = await app.Password("ana");
        await world.Admin(app.Pool, "AdminDeleteSoftwareToken", "ana");

        var answer = await app.Answer(
            "SOFTWARE_TOKEN_MFA",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()));

        Assert.Equal(
            "SoftwareTokenMFANotFoundException: User has not set up software token mfa", answer.ToString());
    }

    [Theory]
    [InlineData("no authenticator", "InvalidParameterException: User has not set up software token mfa")]
    [InlineData("unconfirmed", "UserNotConfirmedException: User is not confirmed.")]
    [InlineData("nobody", "UserNotFoundException: User does not exist.")]
    [InlineData(
        "no pool", "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.")]
    public async Task Refuses_what_cannot_be(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        if (fate == "unconfirmed") await world.SetStatus(pool.Id, "ana", "UNCONFIRMED");
        var request = new
        {
            UserPoolId = fate == "no pool" ? "us-east-1_Nowhere00" : pool.Id,
            Username = fate == "nobody" ? "bob" : "ana",
        };

        var refusal = await world.LeavesNothing(() => world.Call("AdminDeleteSoftwareToken", request));
        Assert.Equal(expected, refusal);
    }
}
