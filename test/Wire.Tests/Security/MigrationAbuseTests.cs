using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>What strangers could try on users who have not come over yet.</summary>
public sealed class MigrationAbuseTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Locked = "NotAuthorizedException: Password attempts exceeded";
    private const string NotFound = "UserNotFoundException: User does not exist.";

    private const string Refused =
        "UserLambdaValidationException: UserMigration failed with error Bad password.";

    /// <summary>What the function does for whom it does not know, and what comes of it.</summary>
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "LEGACY", "empty", NotFound },
        { "LEGACY", "throws", Refused },
        { "ENABLED", "empty", Wrong },
        { "ENABLED", "throws", Wrong },
        { "ENABLED", "misfit", Wrong },
    };

    [Theory, MemberData(nameof(Refusals))]
    public async Task Guesses_at_a_user_elsewhere_are_counted_as_those_at_a_known_one(
        string prevent, string refusal, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, prevent: prevent);
        await app.Pool.ConfirmedUser("known");
        Refuses(world, refusal);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(expected, (await app.Password("ana", "Guess-1234!")).ToString());
            Assert.Equal(Wrong, (await app.Password("known", "Guess-1234!")).ToString());
        }

        var asked = world.Triggers.Events.Count;
        Assert.Equal(Locked, (await app.Password("ana", "Guess-1234!")).ToString());
        Assert.Equal(Locked, (await app.Password("known", "Guess-1234!")).ToString());
        Assert.Equal(asked, world.Triggers.Events.Count);
        Assert.Single(await world.RowsOf("users"));
    }

    [Fact]
    public async Task A_right_password_after_wrong_ones_brings_the_user_over_and_clears_the_count()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world);
        for (var i = 0; i < 3; i++) await app.Password("ana", "Guess-1234!");

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));

        Assert.Empty(await world.RowsOf("sign_in_failure"));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("throws")]
    [InlineData("misfit")]
    public async Task Recovery_tells_nobody_who_is_known_elsewhere(string refusal)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, prevent: "ENABLED");
        await app.Pool.ConfirmedUser("known@example.com", email: "known@example.com");
        Refuses(world, refusal);

        var unknown = await world.Public(app.Pool, "ForgotPassword", "ana@example.com");
        var known = await world.Public(app.Pool, "ForgotPassword", "known@example.com");

        Assert.Equal(
            known.Body!.ToJsonString().Replace("k***", "a***"), unknown.Body!.ToJsonString());
        Assert.Single(await world.RowsOf("users"));
    }

    [Fact]
    public async Task Such_clients_let_PreAuthentication_see_whom_nobody_knows()
    {
        const string Before = "arn:aws:lambda:us-east-1:000000000000:function:before";
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(
            world,
            new { LambdaConfig = new { UserMigration = MigrationPools.Arn, PreAuthentication = Before } },
            "ENABLED");
        world.Triggers.On(Before, _ => { });

        Assert.Equal(Wrong, (await app.Password("nobody")).ToString());
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));

        Assert.Equal(
            [
                "UserMigration_Authentication", "PreAuthentication_Authentication",
                "UserMigration_Authentication", "PreAuthentication_Authentication",
            ],
            world.Triggers.Events.Select(input => input["triggerSource"]!.GetValue<string>()));
        Assert.True(world.Triggers.Events[1]["request"]!["userNotFound"]!.GetValue<bool>());
        Assert.False(world.Triggers.Events[3]["request"]!["userNotFound"]!.GetValue<bool>());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Many_first_sign_ins_at_once_make_one_user(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await MigrationPools.Create(world, new { AliasAttributes = new[] { "email" } });
        string[] names = ["ana", "ana@example.com"];
        world.Triggers.On(MigrationPools.Arn, input => input["response"] = new JsonObject
        {
            ["userAttributes"] = new JsonObject
            {
                ["username"] = "ana",
                ["email"] = "ana@example.com",
                ["email_verified"] = "true",
            },
            ["finalUserStatus"] = "CONFIRMED",
            ["messageAction"] = "SUPPRESS",
        });

        var answers = await world.Burst(16, "InitiateAuth", i => new
        {
            app.Pool.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = names[i % 2], PASSWORD = TestPool.Password },
        });

        Assert.Equal(16, answers["200"]);
        Assert.Single(await world.RowsOf("users"));
    }

    private static void Refuses(World world, string how)
    {
        if (how == "throws")
            world.Triggers.Answers(MigrationPools.Arn, new TriggerAnswer.Failed("Bad password"));
        else if (how == "misfit")
            world.Triggers.On(MigrationPools.Arn, input => input["response"]!["userAttributes"] =
                new JsonObject { ["custom:none"] = "x" });
        else world.Triggers.On(MigrationPools.Arn, _ => { });
    }
}
