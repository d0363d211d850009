using Lifeguard.Wire.Tests.Devices;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>CUSTOM_AUTH: sign-ins that the pool's triggers define.</summary>
public sealed class CustomAuthTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string Used =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    [Theory, EachDatabase]
    public async Task Asks_riddles_until_one_is_answered(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await ChallengePools.Create(world);
        world.Transcript.Clear();

        var challenge = await world.Call(
            "InitiateAuth",
            new
            {
                app.Pool.ClientId,
                AuthFlow = "CUSTOM_AUTH",
                AuthParameters = new { USERNAME = "ana" },
                ClientMetadata = new { step = "one" },
            });
        challenge = await app.Guess(challenge, "blue");
        await world.Call(
            "RespondToAuthChallenge",
            new
            {
                app.Pool.ClientId,
                ChallengeName = "CUSTOM_CHALLENGE",
                Session = MfaPools.SessionOf(challenge),
                ChallengeResponses = new { USERNAME = "ana", ANSWER = "green" },
                ClientMetadata = new { step = "two" },
            });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Asks_for_the_password_first_where_the_client_sends_SRP_A(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await ChallengePools.Create(world);
        var srp = new SrpClient();
        world.Transcript.Clear();

        var challenge = await Start(app, ("SRP_A", srp.PublicHex), ("CHALLENGE_NAME", "SRP_A"));
        challenge = await app.Answer(
            "PASSWORD_VERIFIER", MfaPools.SessionOf(challenge), app.Proof(challenge, srp));
        await app.Guess(challenge, "green");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Ends_when_the_trigger_has_had_enough()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var challenge = await Start(app);
        for (var i = 0; i < 2; i++) challenge = await app.Guess(challenge, "blue");

        Assert.Equal(Wrong, TestApp.Outcome(await app.Guess(challenge, "blue")));
        Assert.Equal(Used, TestApp.Outcome(await app.Guess(challenge, "green")));
    }

    [Fact]
    public async Task Works_for_administrators_and_with_a_secret()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(
            world, client: new { GenerateSecret = true }, byAdministrator: true);

        Assert.Contains("SECRET_HASH was not received", (await Start(app)).Message, StringComparison.Ordinal);
        var challenge = await Start(app, app.Hash("ana"));
        Assert.Contains(
            "SECRET_HASH was not received",
            (await app.Guess(challenge, "green")).Message,
            StringComparison.Ordinal);

        Assert.Equal(
            "tokens", TestApp.Outcome(await app.Guess(challenge, "green", more: app.Hash("ana"))));
    }

    // What the client sends -> what the define trigger hears first.
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "SRP_A+")]
    [InlineData("a SRP_A", "SRP_A+")]
    [InlineData("a CUSTOM_CHALLENGE", "")]
    [InlineData("CUSTOM_CHALLENGE", "")]
    [InlineData("SRP_A", "InvalidParameterException: Missing required parameter SRP_A")]
    [InlineData("rubbish", "InvalidParameterException: CHALLENGE_NAME must be SRP_A or CUSTOM_CHALLENGE.")]
    public async Task Begins_with_SRP_or_without(string sent, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var parameters = sent.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "a"
            ? ("SRP_A", new SrpClient().PublicHex)
            : ("CHALLENGE_NAME", word));

        var answer = await Start(app, [.. parameters]);

        Assert.Equal(
            expected,
            answer.IsSuccess
                ? string.Join(' ', ChallengePools.Past(world.Triggers.Events[0]))
                : answer.ToString());
    }

    [Theory]
    [InlineData("USERNAME")]
    [InlineData("ANSWER")]
    [InlineData("Session")]
    public async Task Names_what_is_missing(string parameter)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var challenge = await Start(app);
        (string Name, string Value)[] responses = [("USERNAME", "ana"), ("ANSWER", "green")];

        var answer = await world.LeavesNothing(() => app.Answer(
            "CUSTOM_CHALLENGE",
            parameter == "Session" ? null : MfaPools.SessionOf(challenge),
            [.. responses.Where(each => each.Name != parameter)]));

        Assert.Equal($"InvalidParameterException: Missing required parameter {parameter}", answer);
        Assert.Equal("tokens", TestApp.Outcome(await app.Guess(challenge, "green")));
    }

    [Fact]
    public async Task A_wrong_password_ends_it_without_asking_anybody()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var srp = new SrpClient();
        var challenge = await Start(app, ("SRP_A", srp.PublicHex));
        var events = world.Triggers.Events.Count;

        Assert.Equal(Wrong, TestApp.Outcome(await app.Answer(
            "PASSWORD_VERIFIER",
            MfaPools.SessionOf(challenge),
            app.Proof(challenge, srp, "Wrong-1234!"))));
        Assert.Equal(events, world.Triggers.Events.Count);
        for (var i = 0; i < 4; i++) await app.Password("ana", "Wrong-1234!");
        Assert.Equal(
            "NotAuthorizedException: Password attempts exceeded",
            TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task The_session_of_the_password_may_be_left_out_but_not_exchanged()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var srp = new SrpClient();
        var (first, second) = (
            await Start(app, ("SRP_A", srp.PublicHex)), await Start(app, ("SRP_A", srp.PublicHex)));

        Assert.Equal(Invalid, TestApp.Outcome(await app.Answer(
            "PASSWORD_VERIFIER", MfaPools.SessionOf(second), app.Proof(first, srp))));
        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(await app.Answer(
            "PASSWORD_VERIFIER", null, app.Proof(first, srp))));
    }

    [Fact]
    public async Task Tokens_may_be_issued_at_once_and_second_factors_are_not_enforced()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, MfaPools.Sms("ON"));
        world.Decides("issueTokens", true);

        Assert.Equal("tokens", TestApp.Outcome(await Start(app)));
    }

    [Fact]
    public async Task What_fails_and_issues_tokens_fails()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        world.Triggers.On(ChallengePools.DefineArn, input =>
        {
            input["response"]!["issueTokens"] = true;
            input["response"]!["failAuthentication"] = true;
            input["response"]!["challengeName"] = "CUSTOM_CHALLENGE";
        });

        Assert.Equal(Wrong, TestApp.Outcome(await Start(app)));
    }

    [Fact]
    public async Task A_temporary_password_is_replaced_after_the_verdict()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        await app.Pool.InvitedUser("bob");
        var challenge = await app.Start("CUSTOM_AUTH", ("USERNAME", "bob"));

        challenge = await app.Guess(challenge, "green", "bob");

        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(challenge));
        Assert.Equal("tokens", TestApp.Outcome(await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "bob"),
            ("NEW_PASSWORD", "New-1234!"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_remembered_device_proves_itself_last(bool trusts)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, DevicePools.Settings(trusts));
        var device = await TestDevice.Confirmed(world, app, "ana");
        var challenge = await Start(app, ("DEVICE_KEY", device.Key));
        challenge = await app.Guess(challenge, "blue");

        challenge = await app.Guess(challenge, "green");

        Assert.Equal("DEVICE_SRP_AUTH", TestApp.Outcome(challenge));
        Assert.Equal("tokens", TestApp.Outcome(await device.Prove(app, challenge)));
    }

    [Fact]
    public async Task Clients_repeat_the_answer_without_a_device_that_is_gone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, DevicePools.Settings());
        var gone = ("DEVICE_KEY", DeviceCalls.Nowhere(world).Key);
        var challenge = await Start(app, gone);

        Assert.Equal(
            DeviceCalls.NoDevice,
            await world.LeavesNothing(() => app.Guess(challenge, "green", more: gone)));

        var signedIn = await app.Guess(challenge, "green");
        Assert.NotEqual(gone.Item2, TestDevice.Of(world, signedIn).Key);
    }

    [Fact]
    public async Task A_session_fits_its_client_challenge_user_and_time()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var challenge = await Start(app);
        var other = new TestApp(
            world,
            await app.Pool.AnotherClient(
                new { ExplicitAuthFlows = new[] { "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" } }));

        Assert.Equal(Invalid, TestApp.Outcome(await app.Guess(challenge, "green", "bob")));
        Assert.Equal(Invalid, TestApp.Outcome(await app.Guess(challenge, "green", "nobody")));
        Assert.Equal(Invalid, TestApp.Outcome(await other.Guess(challenge, "green")));
        Assert.Equal(Invalid, TestApp.Outcome(await app.Answer(
            "SMS_MFA", MfaPools.SessionOf(challenge), ("USERNAME", "ana"), ("SMS_MFA_CODE", "123456"))));
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(
            "NotAuthorizedException: Invalid session for the user, session is expired.",
            TestApp.Outcome(await app.Guess(challenge, "green")));
    }

    [Fact]
    public async Task What_ends_the_user_s_sign_ins_ends_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var (first, second) = (await Start(app), await Start(app));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Admin(app.Pool, "AdminDisableUser", "ana");

        Assert.Equal("NotAuthorizedException: User is disabled.", TestApp.Outcome(await Start(app)));
        Assert.Equal(
            "NotAuthorizedException: User is disabled.", TestApp.Outcome(await app.Guess(first, "green")));
        await world.Admin(app.Pool, "AdminEnableUser", "ana");
        Assert.Equal(Invalid, TestApp.Outcome(await app.Guess(first, "green")));
        await world.Admin(app.Pool, "AdminDeleteUser", "ana");
        Assert.Equal(Invalid, TestApp.Outcome(await app.Guess(second, "green")));
    }

    [Fact]
    public async Task Nothing_of_it_works_without_the_triggers_or_the_flow()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var challenge = await Start(app);
        await world.Must(
            "UpdateUserPool",
            new
            {
                UserPoolId = app.Pool.Id,
                LambdaConfig = new { DefineAuthChallenge = ChallengePools.DefineArn },
            });
        const string missing =
            "InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.";

        Assert.Equal(missing, TestApp.Outcome(await Start(app)));
        Assert.Equal(missing, TestApp.Outcome(await app.Guess(challenge, "green")));
        var other = await ChallengePools.Create(
            world, client: new { ExplicitAuthFlows = new[] { "ALLOW_REFRESH_TOKEN_AUTH" } });
        Assert.Equal(
            "InvalidParameterException: CUSTOM_AUTH flow not enabled for this client",
            TestApp.Outcome(await Start(other)));
    }

    private static Task<Answer> Start(TestApp app, params (string Name, string Value)[] more) =>
        app.Start("CUSTOM_AUTH", [("USERNAME", "ana"), .. more]);
}
