using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>The three triggers of a custom sign-in: what they hear, what they may say, and what becomes of a
/// failure.</summary>
public sealed class CustomAuthTriggerTests
{
    private const string Unusable =
        "InvalidLambdaResponseException: DefineAuthChallenge must name a challenge, issue tokens or fail "
        + "authentication.";

    private const string NotJson =
        "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON";

    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Spent =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    private const string NoFactor =
        "MFAMethodNotFoundException: No usable MFA method was found for the user.";

    [Theory]
    [InlineData(ChallengePools.DefineArn, "DefineAuthChallenge")]
    [InlineData(ChallengePools.CreateArn, "CreateAuthChallenge")]
    [InlineData(ChallengePools.VerifyArn, "VerifyAuthChallengeResponse")]
    public async Task A_failure_is_told_as_one_of_three(string arn, string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);

        world.Triggers.Answers(arn, new TriggerAnswer.Failed("Not today"));
        Assert.Equal(
            $"UserLambdaValidationException: {name} failed with error Not today.", await Outcome());
        world.Triggers.Answers(arn, new TriggerAnswer.NotInvoked("AccessDeniedException", MayRetry: false));
        Assert.Equal(
            $"UnexpectedLambdaException: {name} invocation failed due to error AccessDeniedException.",
            await Outcome());
        world.Triggers.Returns(arn, "[]");
        Assert.Equal("InvalidLambdaResponseException: Unrecognizable lambda output", await Outcome());

        async Task<string> Outcome()
        {
            var challenge = await Start(app);
            return TestApp.Outcome(
                name.StartsWith("Verify", StringComparison.Ordinal)
                    ? await app.Guess(challenge, "green")
                    : challenge);
        }
    }

    [Theory]
    [InlineData(ChallengePools.VerifyArn, "green", "tokens")]
    // Judged: further guesses at the same session would be free.
    [InlineData(ChallengePools.DefineArn, "red", Spent)]
    [InlineData(ChallengePools.DefineArn, "green", Spent)]
    [InlineData(ChallengePools.CreateArn, "red", Spent)]
    public async Task A_function_that_fails_costs_no_session_unless_the_answer_was_judged(
        string arn, string answer, string then)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        var challenge = await Start(app);
        world.Triggers.Answers(arn, new TriggerAnswer.Failed("Down"));
        Assert.Equal("UserLambdaValidationException", (await app.Guess(challenge, answer)).Code);

        world.Riddles();

        Assert.Equal(then, TestApp.Outcome(await app.Guess(challenge, "green")));
        Assert.Equal(Spent, TestApp.Outcome(await app.Guess(challenge, "green")));
    }

    [Theory]
    [InlineData("challengeName", "null", Unusable)]
    [InlineData("challengeName", "\"\"", Unusable)]
    [InlineData("challengeName", "\"RUBBISH\"", Unusable)]
    [InlineData("challengeName", "\"NEW_PASSWORD_REQUIRED\"", Unusable)]
    [InlineData("challengeName", "\"DEVICE_SRP_AUTH\"", Unusable)]
    // Only right after SRP_A.
    [InlineData("challengeName", "\"PASSWORD_VERIFIER\"", Unusable)]
    [InlineData("challengeName", "7", NotJson)]
    [InlineData("issueTokens", "\"true\"", NotJson)]
    [InlineData("issueTokens", "false", Unusable)]
    [InlineData("failAuthentication", "1", NotJson)]
    [InlineData("failAuthentication", "true", Wrong)]
    public async Task The_define_trigger_has_to_say_something_usable(
        string member, string value, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        world.Triggers.On(
            ChallengePools.DefineArn, input => input["response"]![member] = JsonNode.Parse(value));

        Assert.Equal(expected, await world.LeavesNothingButTriggers(() => Start(app)));
    }

    [Theory]
    [InlineData("publicChallengeParameters", "\"text\"")]
    [InlineData("publicChallengeParameters", "{\"a\":1}")]
    [InlineData("privateChallengeParameters", "[]")]
    [InlineData("privateChallengeParameters", "{\"a\":{}}")]
    [InlineData("challengeMetadata", "true")]
    public async Task The_create_trigger_gives_texts(string member, string value)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        world.Triggers.On(
            ChallengePools.CreateArn, input => input["response"]![member] = JsonNode.Parse(value));

        Assert.Equal(NotJson, TestApp.Outcome(await Start(app)));
    }

    [Fact]
    public async Task The_create_trigger_may_leave_everything_out()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        world.Triggers.On(ChallengePools.CreateArn, _ => { });
        world.Triggers.On(
            ChallengePools.VerifyArn, input => input["response"]!["answerCorrect"] = true);

        var challenge = await Start(app);

        Assert.Equal("""{"USERNAME":"ana"}""", challenge["ChallengeParameters"]!.ToJsonString());
        Assert.Equal("tokens", TestApp.Outcome(await app.Guess(challenge, "x")));
        var heard = world.Triggers.Events[^2]["request"]!;
        Assert.Null(heard["privateChallengeParameters"]);
        Assert.Null(
            world.Triggers.Events[^1]["request"]!["session"]![0]!["challengeMetadata"]);
    }

    [Fact]
    public async Task Public_parameters_do_not_overwrite_the_user_s_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        world.Triggers.On(ChallengePools.CreateArn, input => input["response"]!["publicChallengeParameters"] =
            new JsonObject { ["USERNAME"] = "mallory", ["x"] = null, ["hint"] = "" });

        var challenge = await Start(app);

        Assert.Equal("""{"USERNAME":"ana","hint":""}""", challenge["ChallengeParameters"]!.ToJsonString());
    }

    [Fact]
    public async Task Private_parameters_have_to_fit_into_the_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);

        Assert.Equal("CUSTOM_CHALLENGE", await Outcome(600));
        Assert.Equal(
            "InvalidLambdaResponseException: The challenge does not fit into a session.",
            await Outcome(2000));

        async Task<string> Outcome(int length)
        {
            world.Triggers.On(
                ChallengePools.CreateArn,
                input => input["response"]!["privateChallengeParameters"] =
                    new JsonObject { ["answer"] = new string('x', length) });
            return TestApp.Outcome(await Start(app));
        }
    }

    [Fact]
    public async Task Rounds_end_when_the_history_is_too_long_for_the_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        world.Decides("challengeName", "CUSTOM_CHALLENGE");
        var (challenge, rounds) = (await Start(app), 0);

        while (challenge.IsSuccess && rounds < 100)
        {
            challenge = await app.Guess(challenge, "blue");
            rounds++;
        }

        Assert.Equal(
            "InvalidLambdaResponseException: The challenge does not fit into a session.",
            challenge.ToString());
        Assert.InRange(rounds, 10, 40);
    }

    // Which factors the user has, whether the pool asks for second factors -> what comes of asking.
    [Theory]
    [InlineData("SMS_MFA", "OPTIONAL", true, "SMS_MFA")]
    [InlineData("SMS_MFA", "OPTIONAL", false, NoFactor)]
    [InlineData("SMS_MFA", "OFF", true, NoFactor)]
    [InlineData("SOFTWARE_TOKEN_MFA", "OPTIONAL", false, NoFactor)]
    public async Task A_second_factor_can_be_asked_for_where_there_is_one(
        string factor, string mfa, bool hasPhone, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, MfaPools.Sms(mfa));
        await app.Pool.ConfirmedUser("bob", phone: hasPhone ? "+15551230000" : null);
        world.Decides("challengeName", factor);

        var answer = await app.Start("CUSTOM_AUTH", ("USERNAME", "bob"));

        Assert.Equal(expected, TestApp.Outcome(answer));
    }

    [Theory, EachDatabase]
    public async Task A_second_factor_is_one_more_of_the_trigger_s_challenges(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await ChallengePools.Create(world, MfaPools.Sms("OPTIONAL"));
        await app.Pool.ConfirmedUser("bob", phone: "+15551230000");
        world.Triggers.On(ChallengePools.DefineArn, input =>
        {
            var past = ChallengePools.Past(input);
            if (past.Count == 2) input["response"]!["issueTokens"] = true;
            else input["response"]!["challengeName"] = past is [] ? "SMS_MFA" : "CUSTOM_CHALLENGE";
        });
        world.Transcript.Clear();

        var challenge = await app.Start("CUSTOM_AUTH", ("USERNAME", "bob"));
        var code = world.LastSmsCode();
        await Code(app, challenge, MfaPools.Other(code));
        challenge = await Code(app, challenge, code);
        await app.Guess(challenge, "green", "bob");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_code_that_was_taken_stays_taken_whatever_the_trigger_says()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, MfaPools.Sms("OPTIONAL"));
        await app.Pool.ConfirmedUser("bob", phone: "+15551230000");
        world.Decides("challengeName", "SMS_MFA");
        var challenge = await app.Start("CUSTOM_AUTH", ("USERNAME", "bob"));
        var code = world.LastSmsCode();
        world.Triggers.Answers(ChallengePools.DefineArn, new TriggerAnswer.Failed("Down"));
        Assert.Equal(
            "UserLambdaValidationException: DefineAuthChallenge failed with error Down.",
            TestApp.Outcome(await Code(app, challenge, code)));

        world.Triggers.On(ChallengePools.DefineArn, input => input["response"]!["issueTokens"] = true);

        Assert.Equal(Spent, TestApp.Outcome(await Code(app, challenge, code)));
    }

    [Fact]
    public async Task An_authenticator_answers_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        await world.Must(
            "SetUserPoolMfaConfig",
            new
            {
                UserPoolId = app.Pool.Id,
                MfaConfiguration = "OPTIONAL",
                SoftwareTokenMfaConfiguration = new { Enabled = true },
            });
        var authenticator = await Authenticator.Verified(world, await app.Pool.AccessTokenOf("ana"));
        world.Triggers.On(ChallengePools.DefineArn, input =>
        {
            var response = input["response"]!;
            if (ChallengePools.Past(input) is ["SOFTWARE_TOKEN_MFA+"]) response["issueTokens"] = true;
            else response["challengeName"] = "SOFTWARE_TOKEN_MFA";
        });

        var challenge = await Start(app);

        Assert.Equal("tokens", TestApp.Outcome(await app.Answer(
            "SOFTWARE_TOKEN_MFA",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()))));
    }

    [Fact]
    public async Task The_triggers_before_and_after_are_asked_as_in_every_sign_in()
    {
        const string before = "arn:aws:lambda:us-east-1:000000000000:function:before";
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(before, _ => { });
        var config = Calls.Merge(
            (object)Calls.Merge(ChallengePools.Settings, null)["LambdaConfig"]!,
            new { PreAuthentication = before, PostAuthentication = before });
        var app = await ChallengePools.Create(world, new { LambdaConfig = config });

        await app.Guess(await Start(app), "green");

        Assert.Equal(
            [
                "PreAuthentication_Authentication", "DefineAuthChallenge_Authentication",
                "CreateAuthChallenge_Authentication", "VerifyAuthChallengeResponse_Authentication",
                "DefineAuthChallenge_Authentication", "PostAuthentication_Authentication",
            ],
            world.Triggers.Events.Select(each => each["triggerSource"]!.GetValue<string>()));
    }

    private static Task<Answer> Start(TestApp app) => app.Start("CUSTOM_AUTH", ("USERNAME", "ana"));

    private static Task<Answer> Code(TestApp app, Answer challenge, string code) => app.Answer(
        "SMS_MFA", MfaPools.SessionOf(challenge), ("USERNAME", "bob"), ("SMS_MFA_CODE", code));
}
