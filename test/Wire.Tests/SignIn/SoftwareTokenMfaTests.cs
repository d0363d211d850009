using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>An authenticator as second factor.</summary>
public sealed class SoftwareTokenMfaTests
{
    private const string Mismatch = "CodeMismatchException: Invalid code received for user";
    private const string Used = "ExpiredCodeException: Your software token has already been used once.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";

    [Theory, EachDatabase]
    public async Task Asks_for_the_code_that_the_authenticator_shows(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, authenticator) = await Enrolled(world, name: "phone");
        world.Transcript.Clear();

        var challenge = await app.Srp("ana");
        await Answer(app, challenge, authenticator.WrongCode());
        await Answer(app, challenge, authenticator.Code());
        challenge = await app.Password("ana");
        await Answer(app, challenge, authenticator.Code());

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(-2, Mismatch)]
    [InlineData(-1, "tokens")]
    [InlineData(0, "tokens")]
    [InlineData(1, "tokens")]
    [InlineData(2, Mismatch)]
    public async Task Takes_the_code_of_a_clock_that_is_a_step_off(int steps, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Enrolled(world);
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = await Answer(app, await app.Password("ana"), authenticator.Code(steps));

        Assert.Equal(expected, TestApp.Outcome(answer));
    }

    [Fact]
    public async Task Takes_a_code_once_and_no_earlier_one_after_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Enrolled(world);
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("tokens", await SignIn(app, authenticator.Code()));
        Assert.Equal(Used, await SignIn(app, authenticator.Code()));
        Assert.Equal(Used, await SignIn(app, authenticator.Code(-1)));
        Assert.Equal("tokens", await SignIn(app, authenticator.Code(1)));
        Assert.Equal(Used, await SignIn(app, authenticator.Code()));
        Assert.Equal(Used, await SignIn(app, authenticator.Code(1)));
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("tokens", await SignIn(app, authenticator.Code()));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345x")]
    [InlineData(" 12345")]
    [InlineData("١٢٣٤٥٦")]
    public async Task Takes_what_is_no_code_for_a_wrong_one_and_counts_it(string code)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Enrolled(world);
        var challenge = await app.Password("ana");

        for (var i = 0; i < 5; i++)
            Assert.Equal(Mismatch, TestApp.Outcome(await Answer(app, challenge, code)));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session is expired.",
            TestApp.Outcome(await Answer(app, challenge, authenticator.Code())));
    }

    [Fact]
    public async Task Goes_on_working_when_the_pool_takes_no_new_ones()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Enrolled(world);
        await world.Must(
            "SetUserPoolMfaConfig",
            new
            {
                UserPoolId = app.Pool.Id,
                EmailMfaConfiguration = new { },
                SoftwareTokenMfaConfiguration = new { Enabled = false },
            });

        Assert.Equal("tokens", await SignIn(app, authenticator.Code()));
    }

    [Fact]
    public async Task Is_not_asked_for_once_the_user_or_the_pool_has_switched_it_off()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Enrolled(world);
        var challenge = await app.Password("ana");
        await world.Admin(
            app.Pool,
            "AdminSetUserMFAPreference",
            "ana",
            new { SoftwareTokenMfaSettings = new { Enabled = false } });

        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, challenge, authenticator.Code())));
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
        await world.Admin(
            app.Pool,
            "AdminSetUserMFAPreference",
            "ana",
            new { SoftwareTokenMfaSettings = new { Enabled = true } });
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(await app.Password("ana")));
        await world.Must("SetUserPoolMfaConfig", new { UserPoolId = app.Pool.Id, MfaConfiguration = "OFF" });
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task The_code_of_one_user_is_not_another_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Enrolled(world);
        await app.Pool.ConfirmedUser("bob");
        var bobs = await Authenticator.Enrol(world, app.Pool, "bob");

        Assert.NotEqual(authenticator.Code(), bobs.Code());
        Assert.Equal(Mismatch, await SignIn(app, bobs.Code()));
        Assert.Equal("tokens", await SignIn(app, authenticator.Code()));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task A_code_in_many_sign_ins_at_once_lets_one_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, authenticator) = await Enrolled(world);
        var sessions = new List<string>();
        for (var i = 0; i < 10; i++) sessions.Add(MfaPools.SessionOf(await app.Password("ana")));
        var code = authenticator.Code();

        var answers = await world.Burst(10, "RespondToAuthChallenge", i => new
        {
            app.Pool.ClientId,
            ChallengeName = "SOFTWARE_TOKEN_MFA",
            Session = sessions[i],
            ChallengeResponses = new { USERNAME = "ana", SOFTWARE_TOKEN_MFA_CODE = code },
        });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(9, answers["ExpiredCodeException"]);
    }

    [Fact]
    public async Task Deleting_the_user_deletes_the_authenticator()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Enrolled(world);
        world.Transcript.Clear();

        await world.Admin(app.Pool, "AdminDeleteUser", "ana");

        Assert.Contains("  - software_token ", world.Transcript.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(TestApp App, Authenticator Authenticator)> Enrolled(
        World world, string? name = null)
    {
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "t"));
        await app.Pool.ConfirmedUser("ana");
        return (app, await Authenticator.Enrol(world, app.Pool, "ana", name));
    }

    private static async Task<string> SignIn(TestApp app, string code) =>
        TestApp.Outcome(await Answer(app, await app.Password("ana"), code));

    private static Task<Answer> Answer(TestApp app, Answer challenge, string code) => app.Answer(
        "SOFTWARE_TOKEN_MFA",
        MfaPools.SessionOf(challenge),
        ("USERNAME", "ana"),
        ("SOFTWARE_TOKEN_MFA_CODE", code));
}
