using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Functions that call the API themselves, and change the very user they are asked
/// about.</summary>
public sealed class UserAfterTriggerTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Disabled = "NotAuthorizedException: User is disabled.";
    private const string Reset = "PasswordResetRequiredException: Password reset required for the user";

    private static readonly string[] AroundSignIns =
        ["PreAuthentication", "PostAuthentication", "PreTokenGeneration"];

    private static readonly string[] OfChallenges =
        ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"];

    public static TheoryData<string, string> TriggersAndFlows
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var trigger in AroundSignIns)
                foreach (var flow in (string[])["password", "srp", "sms", "choice"]) all.Add(trigger, flow);
            foreach (var trigger in OfChallenges) all.Add(trigger, "custom");
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(TriggersAndFlows))]
    public async Task Who_signs_the_user_out_everywhere_ends_what_was_before(string trigger, string flow)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await App(world, trigger, flow);
        var earlier = await Tokens(world, app, flow);
        Asked(world, app, trigger, "AdminUserGlobalSignOut");

        var tokens = await Tokens(world, app, flow);

        Assert.Equal("200", await GetUser(world, tokens));
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
        Assert.NotEqual("200", await GetUser(world, earlier));
        Assert.NotEqual("tokens", TestApp.Outcome(await app.Refresh(earlier.Refresh!)));
    }

    [Theory]
    [MemberData(nameof(TriggersAndFlows))]
    public async Task Who_takes_the_user_away_gets_no_tokens_for_them(string trigger, string flow)
    {
        foreach (var operation in (string[])["AdminDisableUser", "AdminDeleteUser", "AdminResetUserPassword"])
        {
            await using var world = await World.Start(DatabaseKind.Memory);
            var app = await App(world, trigger, flow);
            Asked(world, app, trigger, operation);

            var outcome = TestApp.Outcome(await SignIn(world, app, flow));

            string[] expected = operation switch
            {
                "AdminDisableUser" => [Disabled],
                "AdminResetUserPassword" => [Reset],
                _ => [Wrong, "UserNotFoundException: User does not exist."],
            };
            Assert.Contains(outcome, expected);
        }
    }

    [Theory]
    [InlineData("PreAuthentication")]
    [InlineData("PostAuthentication")]
    [InlineData("PreTokenGeneration")]
    public async Task What_is_written_about_the_user_is_in_the_tokens(string trigger)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await App(world, trigger, "password");
        Asked(
            world, app, trigger, "AdminUpdateUserAttributes",
            new { UserAttributes = Calls.Attributes("nickname=New") });

        Assert.Equal("New", (await Tokens(world, app, "password")).IdClaims["nickname"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_password_that_a_function_has_replaced_signs_in_no_more()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await App(world, "PreAuthentication", "password");
        Asked(
            world, app, "PreAuthentication", "AdminSetUserPassword",
            new { Password = "New-1234!", Permanent = true });

        Assert.Equal(Wrong, TestApp.Outcome(await app.Password("ana")));
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana", "New-1234!")));
    }

    [Theory]
    [InlineData("AdminDisableUser", Disabled)]
    [InlineData("AdminDeleteUser", Wrong)]
    public async Task Nor_are_tokens_made_anew_for_who_was_taken_away(string operation, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await App(world, "PreTokenGeneration", "password");
        var tokens = await Tokens(world, app, "password");
        Asked(world, app, "PreTokenGeneration", operation);

        Assert.Equal(expected, TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
    }

    /// <summary>A user of a pool whose functions are all there, of which one will do something.</summary>
    private static async Task<TestApp> App(World world, string trigger, string flow)
    {
        var functions = new JsonObject { [trigger] = Arn };
        world.Triggers.On(Arn, static _ => { });
        if (flow == "custom")
        {
            foreach (var name in OfChallenges)
            {
                functions[name] = $"{Arn}-{name}";
                world.Triggers.On($"{Arn}-{name}", Custom);
            }
        }

        var pool = await TestPool.Create(
            world,
            Calls.Merge(MfaPools.Sms(flow == "sms" ? "ON" : "OFF"), new { LambdaConfig = functions }),
            new
            {
                ExplicitAuthFlows = (string[])
                [
                    "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH",
                    "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
                ],
            });
        await pool.ConfirmedUser("ana", "ana@example.com", "+15551230000");
        return new(world, pool);
    }

    /// <summary>From now on the function calls the operation, a while after it was asked and a while before
    /// it answers.</summary>
    private static void Asked(
        World world, TestApp app, string trigger, string operation, object? request = null)
    {
        var isCustom = trigger.EndsWith("Challenge", StringComparison.Ordinal)
            || trigger.EndsWith("Response", StringComparison.Ordinal);
        world.Triggers.On(isCustom ? $"{Arn}-{trigger}" : Arn, async input =>
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.Must(
                operation, Calls.Merge(new { UserPoolId = app.Pool.Id, Username = "ana" }, request));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            if (isCustom) Custom(input);
        });
    }

    /// <summary>One challenge, which every answer passes.</summary>
    private static void Custom(JsonObject input)
    {
        var (request, response) = (input["request"]!, input["response"]!);
        var source = input["triggerSource"]!.GetValue<string>();
        if (source.StartsWith("Verify", StringComparison.Ordinal)) response["answerCorrect"] = true;
        if (source.StartsWith("Create", StringComparison.Ordinal))
            response["privateChallengeParameters"] = new JsonObject { ["answer"] = "x" };
        if (!source.StartsWith("Define", StringComparison.Ordinal)) return;
        var isPassed = request["session"]!.AsArray().Count > 0;
        response["issueTokens"] = isPassed;
        response["failAuthentication"] = false;
        if (!isPassed) response["challengeName"] = "CUSTOM_CHALLENGE";
    }

    private static async Task<Answer> SignIn(World world, TestApp app, string flow)
    {
        switch (flow)
        {
            case "srp":
                return await app.Srp("ana");
            case "choice":
                return await app.Start(
                    "USER_AUTH", ("USERNAME", "ana"), ("PREFERRED_CHALLENGE", "PASSWORD"),
                    ("PASSWORD", TestPool.Password));
            case "sms":
                var asked = await app.Password("ana");
                return !asked.IsSuccess ? asked : await app.Answer(
                    "SMS_MFA", MfaPools.SessionOf(asked), ("USERNAME", "ana"),
                    ("SMS_MFA_CODE", world.LastSmsCode()));
            case "custom":
                var posed = await app.Start("CUSTOM_AUTH", ("USERNAME", "ana"));
                return !posed.IsSuccess ? posed : await app.Answer(
                    "CUSTOM_CHALLENGE", MfaPools.SessionOf(posed), ("USERNAME", "ana"), ("ANSWER", "x"));
            default:
                return await app.Password("ana");
        }
    }

    private static async Task<TestTokens> Tokens(World world, TestApp app, string flow) =>
        TestTokens.Of(await SignIn(world, app, flow));

    private static async Task<string> GetUser(World world, TestTokens tokens)
    {
        var answer = await world.Call("GetUser", new { AccessToken = tokens.Access });
        return answer.IsSuccess ? "200" : answer.ToString();
    }
}
