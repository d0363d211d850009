using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Mfa;

public sealed class VerifySoftwareTokenTests
{
    private const string Mismatch = "EnableSoftwareTokenMFAException: Code mismatch";
    private const string NotSetUp =
        "SoftwareTokenMFANotFoundException: User has not set up software token mfa";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";

    [Theory, EachDatabase]
    public async Task Sets_an_authenticator_up_in_the_middle_of_a_sign_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "st"));
        await app.Pool.InvitedUser("ana");
        world.Transcript.Clear();

        var challenge = await app.Srp("ana");
        challenge = await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("NEW_PASSWORD", "New-1234!"));
        var associated = await world.Call(
            "AssociateSoftwareToken", new { Session = MfaPools.SessionOf(challenge) });
        var authenticator = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());
        await Verify(world, MfaPools.SessionOf(associated), authenticator.WrongCode());
        var verified = await Verify(world, MfaPools.SessionOf(associated), authenticator.Code(), "phone");
        await app.Answer("MFA_SETUP", MfaPools.SessionOf(verified), ("USERNAME", "ana"));
        challenge = await app.Password("ana", "New-1234!");
        await Answer(app, challenge, authenticator.Code());
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await Answer(app, challenge, authenticator.Code());

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task With_a_token_the_authenticator_has_to_be_switched_on_apart()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "t"));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        await Authenticator.Verified(world, tokens.Access);

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
        await world.Must(
            "SetUserMFAPreference",
            new { AccessToken = tokens.Access, SoftwareTokenMfaSettings = new { Enabled = true } });
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task Needs_a_secret_that_was_handed_out_and_not_yet_verified()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "t");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        Assert.Equal(NotSetUp, await ByToken(world, accessToken, "123456"));
        var authenticator = await Authenticator.Verified(world, accessToken);
        // The secret in use is not to be guessed at here.
        Assert.Equal(NotSetUp, await ByToken(world, accessToken, authenticator.Code()));
    }

    [Theory]
    [InlineData(-2, Mismatch)]
    [InlineData(-1, "200")]
    [InlineData(0, "200")]
    [InlineData(1, "200")]
    [InlineData(2, Mismatch)]
    public async Task Takes_the_code_of_a_clock_that_is_a_step_off(int steps, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "t");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        var associated = await world.Must("AssociateSoftwareToken", new { AccessToken = accessToken });
        var authenticator = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());

        Assert.Equal(expected, await ByToken(world, accessToken, authenticator.Code(steps)));
    }

    // The values are secret, so they are not in the words.
    [Theory]
    [InlineData("12345", "Member must have length greater than or equal to 6")]
    [InlineData("1234567", "Member must have length less than or equal to 6")]
    [InlineData("12345x", "Member must satisfy regular expression pattern: [0-9]+")]
    public async Task Refuses_what_is_no_code(string code, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: "
            + $"Value at 'userCode' failed to satisfy constraint: {reason}",
            await ByToken(world, "e30.e30.e30", code));
    }

    [Fact]
    public async Task Answers_the_first_thing_that_is_wrong()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        var neither = await world.Call("VerifySoftwareToken", new { UserCode = "123456" });
        Assert.Equal("InvalidParameterException", neither.Code);
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token", await ByToken(world, "e30.e30.e30", "123456"));
        Assert.Equal(
            "SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool",
            await ByToken(world, accessToken, "123456"));
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user",
            await ByToken(world, accessToken, "123456"));
        await world.Admin(pool, "AdminDeleteUser", "ana");
        Assert.Equal(
            "UserNotFoundException: User does not exist.", await ByToken(world, accessToken, "123456"));
    }

    [Fact]
    public async Task Only_the_newest_session_completes_the_set_up_and_only_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "t"));
        await app.Pool.ConfirmedUser("ana");
        var first = MfaPools.SessionOf(await app.Password("ana"));
        var associated = await world.Must("AssociateSoftwareToken", new { Session = first });
        var second = MfaPools.SessionOf(associated);
        var authenticator = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());
        var third = MfaPools.SessionOf(await Verify(world, second, authenticator.Code()));

        Assert.Equal(Invalid, TestApp.Outcome(await app.Answer("MFA_SETUP", first, ("USERNAME", "ana"))));
        // Used up by the verification.
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session can only be used once.",
            TestApp.Outcome(await app.Answer("MFA_SETUP", second, ("USERNAME", "ana"))));
        Assert.Equal(Invalid, await Associate(world, first));
        Assert.Equal(Invalid, await Associate(world, third));
        Assert.Equal("tokens", TestApp.Outcome(await app.Answer("MFA_SETUP", third, ("USERNAME", "ana"))));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session can only be used once.",
            TestApp.Outcome(await app.Answer("MFA_SETUP", third, ("USERNAME", "ana"))));
        Assert.Equal(
            ["SOFTWARE_TOKEN_MFA"],
            (await world.Admin(app.Pool, "AdminGetUser", "ana"))["UserMFASettingList"]!.AsArray()
                .Select(factor => factor!.GetValue<string>()));
    }

    [Fact]
    public async Task Whoever_knows_only_the_password_cannot_take_over_what_the_user_set_up_meanwhile()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "t"));
        await app.Pool.ConfirmedUser("ana");
        var thief = MfaPools.SessionOf(await app.Password("ana"));
        var stolen = await world.Must("AssociateSoftwareToken", new { Session = thief });
        var thiefs = new Authenticator(world, stolen["SecretCode"]!.GetValue<string>());

        var ana = MfaPools.SessionOf(await app.Password("ana"));
        var associated = await world.Must("AssociateSoftwareToken", new { Session = ana });
        var anas = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());
        await Verify(world, MfaPools.SessionOf(associated), anas.Code());

        Assert.Equal(
            Invalid, (await Verify(world, MfaPools.SessionOf(stolen), thiefs.Code())).ToString());
        Assert.Equal(Invalid, await Associate(world, thief));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_right_codes_at_once_one_verifies(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "t"));
        await app.Pool.ConfirmedUser("ana");
        var associated = await world.Must(
            "AssociateSoftwareToken", new { Session = MfaPools.SessionOf(await app.Password("ana")) });
        var authenticator = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());
        var code = authenticator.Code();

        var answers = await world.Burst(
            8, "VerifySoftwareToken", _ => new { Session = MfaPools.SessionOf(associated), UserCode = code });

        Assert.Equal(1, answers["200"]);
    }

    [Fact]
    public async Task A_name_may_hold_what_people_type()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "t"));
        await app.Pool.ConfirmedUser("ana");
        await Authenticator.Enrol(world, app.Pool, "ana", "Ana's \"phone\" \u0000 \U0001F4F1");

        var challenge = await app.Password("ana");

        Assert.Equal(
            "Ana's \"phone\" \u0000 \U0001F4F1",
            challenge["ChallengeParameters"]!["FRIENDLY_DEVICE_NAME"]!.GetValue<string>());
    }

    private static Task<Answer> Verify(World world, string session, string code, string? name = null) =>
        world.Call(
            "VerifySoftwareToken", new { Session = session, UserCode = code, FriendlyDeviceName = name });

    private static async Task<string> Associate(World world, string session) =>
        (await world.Call("AssociateSoftwareToken", new { Session = session })).ToString();

    private static async Task<string> ByToken(World world, string accessToken, string code) =>
        (await world.Call("VerifySoftwareToken", new { AccessToken = accessToken, UserCode = code }))
            .ToString();

    private static Task<Answer> Answer(TestApp app, Answer challenge, string code) => app.Answer(
        "SOFTWARE_TOKEN_MFA",
        MfaPools.SessionOf(challenge),
        ("USERNAME", "ana"),
        ("SOFTWARE_TOKEN_MFA_CODE", code));
}
