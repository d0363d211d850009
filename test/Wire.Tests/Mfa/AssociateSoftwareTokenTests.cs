using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Mfa;

public sealed class AssociateSoftwareTokenTests
{
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";

    [Theory, EachDatabase]
    public async Task Hands_out_secrets_of_which_the_last_one_can_be_verified(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await MfaPools.Create(world, "OPTIONAL", "t");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        world.Transcript.Clear();

        var first = await world.Call("AssociateSoftwareToken", new { AccessToken = accessToken });
        var second = await world.Call("AssociateSoftwareToken", new { AccessToken = accessToken });
        await Verify(world, accessToken, first);
        await Verify(world, accessToken, second);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_secret_is_52_characters_of_base32()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "t");
        await pool.ConfirmedUser("ana");

        var answer = await world.Must(
            "AssociateSoftwareToken", new { AccessToken = await pool.AccessTokenOf("ana") });

        Assert.Matches("^[A-Z2-7]{52}$", answer["SecretCode"]!.GetValue<string>());
        Assert.Null(answer["Session"]);
    }

    [Fact]
    public async Task Leaves_the_authenticator_in_use_alone_until_the_new_one_is_verified()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "t");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        var old = await Authenticator.Enrol(world, pool, "ana");
        var app = new TestApp(world, pool);

        var answer = await world.Must("AssociateSoftwareToken", new { AccessToken = accessToken });
        var fresh = new Authenticator(world, answer["SecretCode"]!.GetValue<string>());

        Assert.Equal("tokens", TestApp.Outcome(await SignIn(app, old)));
        await Verify(world, accessToken, answer);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(
            "CodeMismatchException: Invalid code received for user", TestApp.Outcome(await SignIn(app, old)));
        Assert.Equal("tokens", TestApp.Outcome(await SignIn(app, fresh)));
    }

    [Theory]
    [InlineData(true, true, "InvalidParameterException")]
    [InlineData(false, false, "InvalidParameterException")]
    public async Task Takes_a_token_or_a_session(bool hasToken, bool hasSession, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Call(
            "AssociateSoftwareToken",
            new
            {
                AccessToken = hasToken ? "e30.e30.e30" : null,
                Session = hasSession ? new string('A', 200) : null,
            });

        // The words are not known; only the type is.
        Assert.Equal(expected, answer.Code);
    }

    [Theory]
    [InlineData("OFF", "")]
    [InlineData("OPTIONAL", "s")]
    [InlineData("ON", "e")]
    public async Task Needs_a_pool_that_offers_it(string mfa, string factors)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, mfa, factors);
        await pool.ConfirmedUser("ana");
        const string notOffered =
            "SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool";

        var signedIn = await pool.SignIn("ana");
        object request = mfa == "ON"
            ? new { Session = MfaPools.SessionOf(signedIn) }
            : new { AccessToken = TestTokens.Of(signedIn).Access };
        var answer = await world.Call("AssociateSoftwareToken", request);

        Assert.Equal(notOffered, answer.ToString());
    }

    [Fact]
    public async Task Refuses_tokens_and_sessions_that_are_none()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "st"));
        await app.Pool.ConfirmedUser("ana", phone: "+15551230000");
        await app.Pool.ConfirmedUser("bob");
        var bySms = MfaPools.SessionOf(await app.Password("ana"));
        var bySetUp = MfaPools.SessionOf(await app.Password("bob"));

        Assert.Equal("NotAuthorizedException: Invalid Access Token", await Token("e30.e30.e30"));
        Assert.Equal(Invalid, await Session(new string('A', 200)));
        // A session that waits for a second factor must not be good for replacing it.
        Assert.Equal(Invalid, await Session(bySms));
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session is expired.",
            await Session(bySetUp));

        async Task<string> Token(string token) =>
            (await world.Call("AssociateSoftwareToken", new { AccessToken = token })).ToString();

        async Task<string> Session(string session) =>
            (await world.Call("AssociateSoftwareToken", new { Session = session })).ToString();
    }

    // What the operation does not declare comes as NotAuthorizedException, with the words of the cause.
    [Theory]
    [InlineData("AdminDeleteUser", "NotAuthorizedException: User does not exist.")]
    [InlineData("AdminDisableUser", "NotAuthorizedException: Access Token has been revoked")]
    [InlineData("reset", "NotAuthorizedException: Password reset required for the user")]
    public async Task Looks_at_the_user_of_the_token(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "t");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        if (fate == "reset") await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        else await world.Admin(pool, fate, "ana");

        var answer = await world.Call("AssociateSoftwareToken", new { AccessToken = accessToken });

        Assert.Equal(expected, answer.ToString());
    }

    [Fact]
    public async Task A_session_is_good_for_it_only_while_nothing_else_can_be_asked_for()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await MfaPools.Create(world, "ON", "st"));
        await app.Pool.ConfirmedUser("ana");
        var session = MfaPools.SessionOf(await app.Password("ana"));
        await world.Admin(
            app.Pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = Calls.Attributes("phone_number=+15551230000") });

        var answer = await world.Call("AssociateSoftwareToken", new { Session = session });

        Assert.Equal(Invalid, answer.ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_secrets_handed_out_at_once_the_others_are_told(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await MfaPools.Create(world, "OPTIONAL", "t");
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        var answers = await world.Burst(10, "AssociateSoftwareToken", _ => new { AccessToken = accessToken });

        Assert.Equal(10, answers["200"] + answers.GetValueOrDefault("ConcurrentModificationException"));
    }

    private static async Task Verify(World world, string accessToken, Answer associated)
    {
        var app = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());
        await world.Call("VerifySoftwareToken", new { AccessToken = accessToken, UserCode = app.Code() });
    }

    private static async Task<Answer> SignIn(TestApp app, Authenticator authenticator)
    {
        var challenge = await app.Password("ana");
        return await app.Answer(
            "SOFTWARE_TOKEN_MFA",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()));
    }
}
