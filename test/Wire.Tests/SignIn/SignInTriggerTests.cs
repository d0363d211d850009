using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>The triggers around a sign-in: what they are told, when, and what a refusal does.</summary>
public sealed class SignInTriggerTests
{
    private const string Before = "arn:aws:lambda:us-east-1:000000000000:function:before";
    private const string After = "arn:aws:lambda:us-east-1:000000000000:function:after";
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";

    [Theory, EachDatabase]
    public async Task Are_asked_before_the_password_and_before_the_tokens(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await Watched(world, MfaPools.Sms("ON"));
        await app.Pool.ConfirmedUser("ana", phone: "+15551230000");
        world.Transcript.Clear();

        var challenge = await world.Call(
            "InitiateAuth",
            new
            {
                app.Pool.ClientId,
                AuthFlow = "USER_PASSWORD_AUTH",
                AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
                ClientMetadata = new { step = "one" },
            });
        await world.Call(
            "RespondToAuthChallenge",
            new
            {
                app.Pool.ClientId,
                ChallengeName = "SMS_MFA",
                Session = MfaPools.SessionOf(challenge),
                ChallengeResponses = new { USERNAME = "ana", SMS_MFA_CODE = world.LastSmsCode() },
                ClientMetadata = new { step = "two" },
            });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("USER_PASSWORD_AUTH", true)]
    [InlineData("USER_PASSWORD_AUTH", false)]
    [InlineData("USER_SRP_AUTH", true)]
    [InlineData("ADMIN_USER_PASSWORD_AUTH", true)]
    public async Task A_refusal_before_it_ends_the_sign_in_whatever_the_password(string flow, bool isRight)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Watched(world, null, byAdministrator: flow == "ADMIN_USER_PASSWORD_AUTH");
        await app.Pool.ConfirmedUser("ana");
        world.Triggers.Answers(Before, new TriggerAnswer.Failed("Not today"));
        var password = isRight ? TestPool.Password : "Wrong-1234!";

        var answer = await world.LeavesNothingButTriggers(
            () => flow == "USER_SRP_AUTH" ? app.Srp("ana", password) : app.Password("ana", password));

        Assert.Equal("UserLambdaValidationException: PreAuthentication failed with error Not today.", answer);
    }

    [Theory]
    [InlineData("LEGACY", "UserNotFoundException: User does not exist.", 0)]
    [InlineData("ENABLED", Wrong, 1)]
    public async Task A_name_nobody_has_is_shown_only_for_clients_that_hide_existence(
        string prevent, string expected, int events)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Watched(world, null, client: new { PreventUserExistenceErrors = prevent });

        Assert.Equal(expected, TestApp.Outcome(await app.Password("nobody")));
        Assert.Equal(events, world.Triggers.Events.Count);
        if (events == 0) return;
        var input = world.Triggers.Events[0];
        Assert.Equal("nobody", input["userName"]!.GetValue<string>());
        Assert.Equal(
            """{"userAttributes":{},"validationData":null,"userNotFound":true}""",
            input["request"]!.ToJsonString());
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_user_who_is_locked()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Watched(world, null);
        await app.Pool.ConfirmedUser("ana");
        for (var i = 0; i < 5; i++) await app.Password("ana", "Wrong-1234!");
        var events = world.Triggers.Events.Count;

        Assert.Equal(
            "NotAuthorizedException: Password attempts exceeded", TestApp.Outcome(await app.Password("ana")));
        Assert.Equal(events, world.Triggers.Events.Count);
    }

    [Fact]
    public async Task A_refusal_after_it_keeps_the_tokens_back_and_nothing_else()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Watched(world, null);
        await app.Pool.InvitedUser("ana");
        world.Triggers.Answers(After, new TriggerAnswer.Failed("Closed"));
        var challenge = await app.Password("ana");

        var answer = await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"),
            ("NEW_PASSWORD", "New-1234!"));

        Assert.Equal(
            "UserLambdaValidationException: PostAuthentication failed with error Closed.", answer.ToString());
        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("ana"));
        world.Triggers.On(After, _ => { });
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana", "New-1234!")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hear_of_devices_where_the_pool_remembers_them(bool remembers)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Watched(
            world,
            remembers ? new { DeviceConfiguration = new { ChallengeRequiredOnNewDevice = true } } : null);
        await app.Pool.ConfirmedUser("ana");
        await app.SignedIn("ana");

        var request = world.Triggers.Events[^1]["request"]!.AsObject();

        Assert.Equal(remembers, request.ContainsKey("newDeviceUsed"));
        Assert.False(request.ContainsKey("clientMetadata"));
    }

    [Fact]
    public async Task Are_not_asked_at_a_refresh()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await Watched(world, null);
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        var events = world.Triggers.Events.Count;

        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
        Assert.Equal(events, world.Triggers.Events.Count);
    }

    private static async Task<TestApp> Watched(
        World world, object? settings, bool byAdministrator = false, object? client = null)
    {
        world.Triggers.On(Before, _ => { });
        world.Triggers.On(After, _ => { });
        var triggers = new { PreAuthentication = Before, PostAuthentication = After };
        var pool = await TestPool.Create(
            world, Calls.Merge(new { LambdaConfig = triggers }, settings), client);
        return new(world, pool, byAdministrator);
    }
}
