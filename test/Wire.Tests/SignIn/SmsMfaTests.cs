using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>SMS as second factor, and what all codes of sign-ins have in common.</summary>
public sealed class SmsMfaTests
{
    private const string Phone = "+15551230000";
    private const string Mismatch = "CodeMismatchException: Invalid code or auth state for the user.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string Expired =
        "NotAuthorizedException: Invalid session for the user, session is expired.";
    private const string Spent =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    [Theory, EachDatabase]
    public async Task Asks_for_a_code_after_the_password_and_verifies_the_number(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world, MfaPools.Sms("ON")));
        await world.Must(
            "AdminCreateUser",
            new
            {
                UserPoolId = app.Pool.Id,
                Username = "ana",
                TemporaryPassword = TestPool.Password,
                MessageAction = "SUPPRESS",
                UserAttributes = Calls.Attributes($"phone_number={Phone}"),
            });
        world.Transcript.Clear();

        var challenge = await app.Password("ana");
        challenge = await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("NEW_PASSWORD", "New-1234!"));
        var session = MfaPools.SessionOf(challenge);
        var code = world.LastSmsCode();
        await Answer(app, session, MfaPools.Other(code));
        await Answer(app, session, code);
        await Answer(app, session, code);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Works_for_every_kind_of_client_and_caller(bool hasSecret, bool byAdministrator)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, MfaPools.Sms("ON"), new { GenerateSecret = hasSecret });
        await pool.ConfirmedUser("ana", phone: Phone);
        var app = new TestApp(world, pool, byAdministrator);

        foreach (var challenge in (Answer[])[await app.Password("ana"), await app.Srp("ana")])
        {
            Assert.Equal("SMS_MFA", TestApp.Outcome(challenge));
            var parameters = challenge["ChallengeParameters"]!;
            Assert.Equal("SMS", parameters["CODE_DELIVERY_DELIVERY_MEDIUM"]!.GetValue<string>());
            Assert.Equal("+*******0000", parameters["CODE_DELIVERY_DESTINATION"]!.GetValue<string>());
            Assert.Equal("ana", parameters["USER_ID_FOR_SRP"]!.GetValue<string>());
        }

        var last = await app.Password("ana");
        var answer = await Answer(app, MfaPools.SessionOf(last), world.LastSmsCode());
        Assert.Equal("tokens", TestApp.Outcome(answer));
    }

    [Fact]
    public async Task Takes_no_more_than_five_codes_in_one_sign_in_whichever_session_they_come_with()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world);
        var session = MfaPools.SessionOf(await app.Password("ana"));
        var code = world.LastSmsCode();

        for (var i = 0; i < 5; i++)
            Assert.Equal(Mismatch, TestApp.Outcome(await Answer(app, session, MfaPools.Other(code))));
        Assert.Equal(Expired, TestApp.Outcome(await Answer(app, session, code)));

        // Another sign-in has tries of its own, and a right code forgives.
        session = MfaPools.SessionOf(await app.Password("ana"));
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, session, world.LastSmsCode())));
    }

    [Fact]
    public async Task Takes_a_right_code_at_the_fifth_try()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world);
        var session = MfaPools.SessionOf(await app.Password("ana"));
        var code = world.LastSmsCode();

        for (var i = 0; i < 4; i++) await Answer(app, session, MfaPools.Other(code));

        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, session, code)));
    }

    [Fact]
    public async Task Counts_the_codes_of_a_user_over_all_sign_ins_of_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory, new(SignInCodes: 7));
        var app = await Enrolled(world);
        var sessions = new List<string>();
        for (var i = 0; i < 3; i++) sessions.Add(MfaPools.SessionOf(await app.Password("ana")));
        var code = world.LastSmsCode();

        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(
                Mismatch, TestApp.Outcome(await Answer(app, sessions[i % 3], MfaPools.Other(code))));
        }

        const string tooMany =
            "TooManyRequestsException: Attempt limit exceeded, please try after some time.";
        Assert.Equal(tooMany, TestApp.Outcome(await Answer(app, sessions[2], code)));
        world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        var late = MfaPools.SessionOf(await app.Password("ana"));
        Assert.Equal(tooMany, TestApp.Outcome(await Answer(app, late, world.LastSmsCode())));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, late, world.LastSmsCode())));
    }

    [Fact]
    public async Task A_right_code_begins_the_count_anew()
    {
        await using var world = await World.Start(DatabaseKind.Memory, new(SignInCodes: 4));
        var app = await Enrolled(world);
        for (var i = 0; i < 5; i++)
        {
            var session = MfaPools.SessionOf(await app.Password("ana"));
            var code = world.LastSmsCode();
            for (var wrong = 0; wrong < 3; wrong++)
                Assert.Equal(Mismatch, TestApp.Outcome(await Answer(app, session, MfaPools.Other(code))));
            Assert.Equal("tokens", TestApp.Outcome(await Answer(app, session, code)));
        }
    }

    [Fact]
    public async Task A_code_is_good_for_its_own_session_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world);
        var first = MfaPools.SessionOf(await app.Password("ana"));
        var firstCode = world.LastSmsCode();
        var second = MfaPools.SessionOf(await app.Password("ana"));
        var secondCode = world.LastSmsCode();

        Assert.NotEqual(firstCode, secondCode);
        Assert.Equal(Mismatch, TestApp.Outcome(await Answer(app, second, firstCode)));
        Assert.Equal(Mismatch, TestApp.Outcome(await Answer(app, first, secondCode)));
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, first, firstCode)));
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, second, secondCode)));
    }

    [Fact]
    public async Task A_code_dies_when_the_number_changes()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world);
        var session = MfaPools.SessionOf(await app.Password("ana"));
        await world.Admin(
            app.Pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = Calls.Attributes("phone_number=+15559990000") });

        Assert.Equal(Mismatch, TestApp.Outcome(await Answer(app, session, world.LastSmsCode())));
        Assert.Equal("false", await world.AttributeOf(app.Pool, "ana", "phone_number_verified"));
    }

    [Theory]
    [InlineData(null, 179, "tokens")]
    [InlineData(null, 180, Expired)]
    [InlineData(15, 899, "tokens")]
    [InlineData(15, 900, Expired)]
    public async Task A_code_lives_as_long_as_its_session(int? minutes, int seconds, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world, minutes is null ? null : new { AuthSessionValidity = minutes });
        var session = MfaPools.SessionOf(await app.Password("ana"));
        world.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, TestApp.Outcome(await Answer(app, session, world.LastSmsCode())));
    }

    [Fact]
    public async Task Refuses_sessions_that_are_not_its_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world);
        var other = new TestApp(world, await app.Pool.AnotherClient());
        var elsewhere = await Enrolled(world);
        await app.Pool.ConfirmedUser("bob", phone: "+15551110000");
        await app.Pool.InvitedUser("eve");
        var newPassword = MfaPools.SessionOf(await app.Password("eve"));
        var session = MfaPools.SessionOf(await app.Password("ana"));
        var code = world.LastSmsCode();

        Assert.Equal(Invalid, TestApp.Outcome(await Answer(other, session, code)));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(elsewhere, session, code)));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, session, code, username: "bob")));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, session, code, username: "nobody")));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, newPassword, code, username: "eve")));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, new string('A', 200), code)));
        Assert.Equal(
            Invalid,
            TestApp.Outcome(await app.Answer(
                "NEW_PASSWORD_REQUIRED", session, ("USERNAME", "ana"), ("NEW_PASSWORD", "New-1234!"))));
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, session, code)));
    }

    [Theory]
    [InlineData("USERNAME")]
    [InlineData("SMS_MFA_CODE")]
    [InlineData("Session")]
    public async Task Asks_for_what_is_missing(string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world);
        var session = MfaPools.SessionOf(await app.Password("ana"));
        (string Name, string Value)[] responses =
            [("USERNAME", "ana"), ("SMS_MFA_CODE", world.LastSmsCode())];

        var answer = await app.Answer(
            "SMS_MFA",
            name == "Session" ? null : session,
            [.. responses.Where(pair => pair.Name != name)]);

        Assert.Equal($"InvalidParameterException: Missing required parameter {name}", answer.ToString());
    }

    [Theory]
    [InlineData("disabled", "NotAuthorizedException: User is disabled.")]
    [InlineData("reset", "PasswordResetRequiredException: Password reset required for the user")]
    [InlineData("another password", Invalid)]
    [InlineData("signed out", Invalid)]
    [InlineData("deleted", Invalid)]
    [InlineData("factor given up", Invalid)]
    public async Task Looks_at_the_user_again(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Enrolled(world);
        var session = MfaPools.SessionOf(await app.Password("ana"));
        var code = world.LastSmsCode();
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        await Suffer(world, app.Pool, fate);

        Assert.Equal(expected, TestApp.Outcome(await Answer(app, session, code)));
    }

    [Fact]
    public async Task Finds_the_user_by_any_name_and_verifies_no_number_that_another_user_holds()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var aliases = new { AliasAttributes = new[] { "phone_number", "email" } };
        var pool = await TestPool.Create(world, Calls.Merge(MfaPools.Sms("ON"), aliases));
        await pool.ConfirmedUser("bob", phone: Phone);
        await world.Must(
            "AdminCreateUser",
            new
            {
                UserPoolId = pool.Id,
                Username = "ana",
                MessageAction = "SUPPRESS",
                UserAttributes = Calls.Attributes(
                    $"phone_number={Phone};email=ana@example.com;email_verified=true"),
            });
        await world.Admin(
            pool, "AdminSetUserPassword", "ana", new { TestPool.Password, Permanent = true });
        var app = new TestApp(world, pool);

        var bobs = await app.Password(Phone);
        Assert.Equal("bob", bobs["ChallengeParameters"]!["USER_ID_FOR_SRP"]!.GetValue<string>());
        var answer = await Answer(app, MfaPools.SessionOf(bobs), world.LastSmsCode(), username: Phone);
        Assert.Equal("tokens", TestApp.Outcome(answer));
        var anas = await app.Password("ana@example.com");
        Assert.Equal(
            "AliasExistsException: An account with the given phone_number already exists.",
            TestApp.Outcome(await Answer(app, MfaPools.SessionOf(anas), world.LastSmsCode())));
    }

    [Fact]
    public async Task The_template_words_the_message_and_the_trigger_may_word_it_anew()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        const string arn = "arn:aws:lambda:us-east-1:000000000000:function:message";
        var settings = Calls.Merge(MfaPools.Sms("ON"), new { SmsAuthenticationMessage = "Bank: {####}" });
        var plain = new TestApp(world, await TestPool.Create(world, settings));
        var worded = new TestApp(
            world,
            await TestPool.Create(
                world, Calls.Merge(settings, new { LambdaConfig = new { CustomMessage = arn } })));
        foreach (var app in (TestApp[])[plain, worded]) await app.Pool.ConfirmedUser("ana", phone: Phone);
        world.Triggers.On(arn, input => input["response"]!["smsMessage"] = "Shop: {####}");

        await plain.Password("ana");
        Assert.Matches("^Bank: [0-9]{6}$", world.Sms.Sent[^1].Body);
        await worded.Password("ana");
        Assert.Matches("^Shop: [0-9]{6}$", world.Sms.Sent[^1].Body);
        Assert.Equal(
            "CustomMessage_Authentication", world.Triggers.Events[^1]["triggerSource"]!.GetValue<string>());

        world.Triggers.Answers(arn, new TriggerAnswer.Failed("closed"));
        Assert.Equal(
            "UserLambdaValidationException: CustomMessage failed with error closed.",
            TestApp.Outcome(await worded.Password("ana")));
        Assert.Equal(2, world.Sms.Sent.Count);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_right_answers_at_once_one_wins(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await Enrolled(world);
        var session = MfaPools.SessionOf(await app.Password("ana"));
        var code = world.LastSmsCode();

        var answers = await world.Burst(5, "RespondToAuthChallenge", _ => new
        {
            app.Pool.ClientId,
            ChallengeName = "SMS_MFA",
            Session = session,
            ChallengeResponses = new { USERNAME = "ana", SMS_MFA_CODE = code },
        });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(4, answers["NotAuthorizedException"]);
        Assert.Equal(Spent, TestApp.Outcome(await Answer(app, session, code)));
    }

    private static async Task<TestApp> Enrolled(World world, object? client = null)
    {
        var app = new TestApp(world, await TestPool.Create(world, MfaPools.Sms("ON"), client));
        await app.Pool.ConfirmedUser("ana", phone: Phone);
        return app;
    }

    private static Task Suffer(World world, TestPool pool, string fate) => fate switch
    {
        "disabled" => world.Admin(pool, "AdminDisableUser", "ana"),
        "reset" => world.SetStatus(pool.Id, "ana", "RESET_REQUIRED"),
        "another password" => world.Admin(
            pool, "AdminSetUserPassword", "ana", new { TestPool.Password, Permanent = true }),
        "deleted" => world.Admin(pool, "AdminDeleteUser", "ana"),
        "signed out" => SignOut(world, pool),
        _ => world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = new[] { new { Name = "phone_number", Value = "" } } }),
    };

    /// <summary>Disabling revokes what was begun; enabling does not bring it back.</summary>
    private static async Task SignOut(World world, TestPool pool)
    {
        await world.Admin(pool, "AdminDisableUser", "ana");
        await world.Admin(pool, "AdminEnableUser", "ana");
    }

    private static Task<Answer> Answer(TestApp app, string session, string code, string username = "ana") =>
        app.Answer(
            "SMS_MFA", session, [("USERNAME", username), ("SMS_MFA_CODE", code), .. app.Hash(username)]);
}
