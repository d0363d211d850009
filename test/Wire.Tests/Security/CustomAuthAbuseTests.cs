using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Custom sign-ins in the hands of somebody who guesses, replays, or asks who exists.</summary>
public sealed class CustomAuthAbuseTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";

    private static object Hiding => new { PreventUserExistenceErrors = "ENABLED" };

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_guesses_at_one_challenge_at_once_one_is_judged(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await ChallengePools.Create(world);
        var session = MfaPools.SessionOf(await Start(app, "ana"));
        var events = world.Triggers.Events.Count;

        var answers = await world.Burst(20, "RespondToAuthChallenge", i => new
        {
            app.Pool.ClientId,
            ChallengeName = "CUSTOM_CHALLENGE",
            Session = session,
            ChallengeResponses = new { USERNAME = "ana", ANSWER = i == 10 ? "green" : $"guess {i}" },
        });

        Assert.Equal((1, 19), (answers["200"], answers["NotAuthorizedException"]));
        var judged = world.Triggers.Events.Skip(events)
            .Count(each => each["triggerSource"]!.GetValue<string>().StartsWith(
                "Verify", StringComparison.Ordinal));
        Assert.Equal(1, judged);
    }

    [Fact]
    public async Task Names_that_nobody_has_are_asked_the_same()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, client: Hiding);

        var (known, unknown) = (await Start(app, "ana"), await Start(app, "nob"));

        Assert.Equal(
            known["ChallengeParameters"]!.ToJsonString().Replace("ana", "nob", StringComparison.Ordinal),
            unknown["ChallengeParameters"]!.ToJsonString());
        Assert.Equal(MfaPools.SessionOf(known).Length, MfaPools.SessionOf(unknown).Length);
        Assert.Equal([false, true], UserNotFound(world, "Create"));
        for (var i = 0; i < 2; i++)
        {
            (known, unknown) = (await app.Guess(known, "blue"), await app.Guess(unknown, "blue", "nob"));
            Assert.Equal(MfaPools.SessionOf(known).Length, MfaPools.SessionOf(unknown).Length);
        }

        Assert.Equal([false, true, false, true], UserNotFound(world, "Verify"));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Guess(known, "blue")));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Guess(unknown, "blue", "nob")));
        var heard = world.Triggers.Events[^1];
        Assert.Equal("nob", heard["userName"]!.GetValue<string>());
        Assert.Equal("{}", heard["request"]!["userAttributes"]!.ToJsonString());
    }

    [Fact]
    public async Task Nor_do_they_get_tokens_whatever_the_functions_say()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, MfaPools.Sms("OPTIONAL"), client: Hiding);
        var challenge = await Start(app, "nobody");

        Assert.Equal(Wrong, TestApp.Outcome(await app.Guess(challenge, "green", "nobody")));
        world.Decides("issueTokens", true);
        Assert.Equal(Wrong, TestApp.Outcome(await Start(app, "nobody")));
        world.Decides("challengeName", "SMS_MFA");
        Assert.Equal(Wrong, TestApp.Outcome(await Start(app, "nobody")));
        Assert.Empty(world.Sms.Sent);
    }

    [Fact]
    public async Task Their_passwords_are_asked_for_and_always_wrong()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, client: Hiding);
        var srp = new SrpClient();

        var first = await app.Start("CUSTOM_AUTH", ("USERNAME", "nobody"), ("SRP_A", srp.PublicHex));
        var second = await app.Start("CUSTOM_AUTH", ("USERNAME", "nobody"), ("SRP_A", srp.PublicHex));

        Assert.Equal("PASSWORD_VERIFIER", TestApp.Outcome(first));
        Assert.Equal(Salt(first), Salt(second));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Answer(
            "PASSWORD_VERIFIER", MfaPools.SessionOf(first), app.Proof(first, srp))));

        static string Salt(Answer answer) => answer["ChallengeParameters"]!["SALT"]!.GetValue<string>();
    }

    [Fact]
    public async Task Who_is_disabled_or_unconfirmed_looks_like_anybody_until_the_riddle_is_solved()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, client: Hiding);
        await app.Pool.ConfirmedUser("bob");
        await world.Admin(app.Pool, "AdminDisableUser", "bob");
        await world.SignUp(app.Pool, "cleo");

        foreach (var (name, told) in new[]
            {
                ("bob", "NotAuthorizedException: User is disabled."),
                ("cleo", "UserNotConfirmedException: User is not confirmed."),
            })
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            var challenge = await Start(app, name);
            challenge = await app.Guess(challenge, "blue", name);
            Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
            Assert.Equal(told, TestApp.Outcome(await app.Guess(challenge, "green", name)));
        }
    }

    [Fact]
    public async Task Clients_that_reveal_existence_ask_no_function_about_nobody()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => Start(app, "nobody")));
        await Start(app, "ana");
        Assert.All(
            world.Triggers.Events,
            each => Assert.False(each["request"]!.AsObject().ContainsKey("userNotFound")));
    }

    [Fact]
    public async Task A_stand_in_is_answered_by_its_name_or_the_one_it_was_given_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world, new { AliasAttributes = new[] { "email" } }, Hiding);
        var challenge = await Start(app, "nobody@example.com");
        var given = challenge["ChallengeParameters"]!["USERNAME"]!.GetValue<string>();
        Assert.NotEqual("nobody@example.com", given);

        foreach (var other in (string[])["ana", "somebody@example.com", "\0"])
            Assert.Equal(Invalid, TestApp.Outcome(await app.Guess(challenge, "blue", other)));
        challenge = await app.Guess(challenge, "blue", given);
        Assert.Equal("CUSTOM_CHALLENGE", TestApp.Outcome(challenge));
        Assert.Equal(
            "CUSTOM_CHALLENGE",
            TestApp.Outcome(await app.Guess(challenge, "blue", "nobody@example.com")));
    }

    [Fact]
    public async Task What_the_functions_keep_to_themselves_reaches_nobody()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await ChallengePools.Create(world);
        world.Triggers.On(
            ChallengePools.CreateArn,
            input => input["response"]!["privateChallengeParameters"] =
                new JsonObject { ["answer"] = "XYZZY-4711" });

        var challenge = await Start(app, "ana");

        var shown = JsonSerializer.Serialize(challenge.Body);
        Assert.DoesNotContain("4711", shown, StringComparison.Ordinal);
        var inside = System.Buffers.Text.Base64Url.DecodeFromChars(MfaPools.SessionOf(challenge));
        Assert.Equal(-1, inside.AsSpan().IndexOf("4711"u8));
    }

    private static Task<Answer> Start(TestApp app, string username) =>
        app.Start("CUSTOM_AUTH", ("USERNAME", username));

    private static IEnumerable<bool> UserNotFound(World world, string trigger) => world.Triggers.Events
        .Where(each => each["triggerSource"]!.GetValue<string>()
            .StartsWith(trigger, StringComparison.Ordinal))
        .Select(each => each["request"]!["userNotFound"]!.GetValue<bool>());
}
