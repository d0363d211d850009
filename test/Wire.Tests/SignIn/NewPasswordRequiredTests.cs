using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>The challenge that replaces a temporary password.</summary>
public sealed class NewPasswordRequiredTests
{
    private const string Fresh = "New-1234!";
    private const string Invalid = "NotAuthorizedException: Invalid session for the user.";
    private const string Expired =
        "NotAuthorizedException: Invalid session for the user, session is expired.";
    private const string Spent =
        "NotAuthorizedException: Invalid session for the user, session can only be used once.";

    private static readonly object Schema = new
    {
        Schema = new object[]
        {
            new { Name = "name", AttributeDataType = "String", Required = true },
            new { Name = "email", AttributeDataType = "String", Required = true },
            new { Name = "plan", AttributeDataType = "String", Mutable = true },
            new { Name = "seat", AttributeDataType = "Number", Mutable = true },
        },
    };

    [Fact]
    public async Task Tells_what_is_missing_and_what_is_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world, Schema));
        await world.Must(
            "AdminCreateUser",
            new
            {
                UserPoolId = app.Pool.Id,
                Username = "ana",
                TemporaryPassword = TestPool.Password,
                MessageAction = "SUPPRESS",
                UserAttributes = new object[]
                {
                    new { Name = "email", Value = "ana@example.com" },
                    new { Name = "email_verified", Value = "true" },
                    new { Name = "custom:plan", Value = "gold \"plus\"" },
                },
            });

        var parameters = (await app.Password("ana"))["ChallengeParameters"]!.AsObject();

        Assert.Equal(
            ["USER_ID_FOR_SRP", "requiredAttributes", "userAttributes"],
            parameters.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Equal("ana", parameters["USER_ID_FOR_SRP"]!.GetValue<string>());
        Assert.Equal("[\"userAttributes.name\"]", parameters["requiredAttributes"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """{"email":"ana@example.com","email_verified":"true","custom:plan":"gold \"plus\""}"""),
            JsonNode.Parse(parameters["userAttributes"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Shows_only_what_the_client_may_read()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new { ReadAttributes = new[] { "email" } };
        var app = new TestApp(world, await TestPool.Create(world, null, client));
        await app.Pool.InvitedUser("ana", email: "ana@example.com", phone: "+15551230000");

        var parameters = (await app.Password("ana"))["ChallengeParameters"]!;

        Assert.Equal("""{"email":"ana@example.com"}""", parameters["userAttributes"]!.GetValue<string>());
        Assert.Equal("[]", parameters["requiredAttributes"]!.GetValue<string>());
    }

    // Attributes of the answer (name=value, comma separated) -> outcome.
    [Theory]
    [InlineData("", "InvalidParameterException: Invalid attributes given, name is missing")]
    [InlineData("custom:plan=gold", "InvalidParameterException: Invalid attributes given, name is missing")]
    [InlineData(
        "name=Ana,email=new@example.com", "NotAuthorizedException: Cannot modify an already provided email")]
    [InlineData(
        "name=Ana,email_verified=true",
        "NotAuthorizedException: Cannot modify the non-mutable attribute email_verified")]
    [InlineData("name=Ana,sub=1", "NotAuthorizedException")]
    [InlineData(
        "name=Ana,nickname=A", "NotAuthorizedException: A client attempted to write unauthorized attribute")]
    [InlineData(
        "name=Ana,custom:none=1",
        "InvalidParameterException: Attributes did not conform to the schema: Type for attribute")]
    [InlineData("name=Ana,custom:seat=front", "InvalidParameterException")]
    [InlineData("name=Ana", "tokens")]
    [InlineData("name=Ana,custom:plan=gold,custom:seat=7", "tokens")]
    public async Task Checks_the_attributes_of_the_answer(string given, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new { WriteAttributes = new[] { "name", "email", "custom:plan", "custom:seat" } };
        var app = new TestApp(world, await TestPool.Create(world, Schema, client));
        await app.Pool.InvitedUser("ana", email: "ana@example.com");
        var session = await Session(app);
        (string, string)[] attributes =
        [
            .. from pair in given.Split(',', StringSplitOptions.RemoveEmptyEntries)
               let parts = pair.Split('=')
               select ("userAttributes." + parts[0], parts[1]),
        ];

        var answer = await Answer(app, session, attributes);

        Assert.StartsWith(expected, TestApp.Outcome(answer), StringComparison.Ordinal);
        Assert.Equal(
            answer.IsSuccess ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD", await app.Pool.StatusOf("ana"));
        if (!answer.IsSuccess)
        {
            // The session is still good for a better answer.
            Assert.Equal(
                "tokens", TestApp.Outcome(await Answer(app, session, ("userAttributes.name", "Ana"))));
            return;
        }

        var claims = TestTokens.Of(answer).IdClaims;
        foreach (var (name, value) in attributes)
            Assert.Equal(value, claims[name["userAttributes.".Length..]]!.GetValue<string>());
    }

    [Fact]
    public async Task Takes_no_preferred_name_that_is_somebodys_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world, PoolKinds.Of("every alias")));
        await app.Pool.ConfirmedUser("ben");
        await app.Pool.InvitedUser("ana");
        var session = await Session(app);

        var answer = await Answer(app, session, ("userAttributes.preferred_username", "ben"));

        Assert.Equal(
            "AliasExistsException: An account with the given preferred_username already exists.",
            TestApp.Outcome(answer));
        Assert.Equal("FORCE_CHANGE_PASSWORD", await app.Pool.StatusOf("ana"));
    }

    [Fact]
    public async Task Refuses_a_weak_password_and_takes_a_better_one_with_the_same_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.InvitedUser("ana");
        var session = await Session(app);

        Assert.Equal(
            "InvalidPasswordException: Password does not conform to policy: Password not long enough",
            TestApp.Outcome(await Answer(app, session, password: "Ab1!")));
        Assert.Equal("FORCE_CHANGE_PASSWORD", await app.Pool.StatusOf("ana"));
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, session)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Srp("ana", Fresh)));
        Assert.False((await app.Password("ana")).IsSuccess);
    }

    [Fact]
    public async Task Takes_a_session_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.InvitedUser("ana");
        var (session, second) = (await Session(app), await Session(app));

        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, session)));
        Assert.Equal(Spent, TestApp.Outcome(await Answer(app, session)));
        Assert.Equal(Spent, TestApp.Outcome(await Answer(app, second)));
        await world.Must(
            "AdminSetUserPassword",
            new { UserPoolId = app.Pool.Id, Username = "ana", TestPool.Password, Permanent = false });
        Assert.Equal(Spent, TestApp.Outcome(await Answer(app, session)));
        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(await app.Password("ana")));
    }

    [Theory, EachDatabase]
    public async Task Of_two_answers_at_once_one_wins(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.InvitedUser("ana");
        var session = await Session(app);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => world.Send(
            "RespondToAuthChallenge",
            System.Text.Json.JsonSerializer.Serialize(new
            {
                app.Pool.ClientId,
                ChallengeName = "NEW_PASSWORD_REQUIRED",
                Session = session,
                ChallengeResponses = new { USERNAME = "ana", NEW_PASSWORD = $"{Fresh}{number}" },
            })))));

        Assert.Equal(1, answers.Count(answer => answer.IsSuccess));
        Assert.Equal(7, answers.Count(answer => answer.ToString() == Spent));
        var winner = Array.FindIndex(answers, answer => answer.IsSuccess);
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana", $"{Fresh}{winner}")));
    }

    [Theory]
    [InlineData(null, 179, "tokens")]
    [InlineData(null, 180, Expired)]
    [InlineData(15, 899, "tokens")]
    [InlineData(15, 900, Expired)]
    public async Task A_session_lives_as_long_as_the_client_says(int? minutes, int seconds, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = minutes is null ? null : new { AuthSessionValidity = minutes };
        var app = new TestApp(world, await TestPool.Create(world, null, client));
        await app.Pool.InvitedUser("ana");
        var session = await Session(app);
        world.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, TestApp.Outcome(await Answer(app, session)));
    }

    [Fact]
    public async Task Refuses_sessions_that_are_not_its_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var other = new TestApp(world, await app.Pool.AnotherClient());
        var elsewhere = new TestApp(world, await TestPool.Create(world));
        foreach (var pool in (TestPool[])[app.Pool, elsewhere.Pool]) await pool.InvitedUser("ana");
        await app.Pool.InvitedUser("bob");
        var session = await Session(app);

        Assert.Equal(Invalid, TestApp.Outcome(await Answer(other, session)));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(elsewhere, session)));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, session, username: "bob")));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, session, username: "nobody")));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, new string('A', 200))));
        Assert.Equal(Invalid, TestApp.Outcome(await Answer(app, "!" + session[1..])));
        var missing = await Answer(app, null);
        Assert.Equal("InvalidParameterException: Missing required parameter Session", missing.ToString());
        Assert.Equal("FORCE_CHANGE_PASSWORD", await app.Pool.StatusOf("ana"));
        Assert.Equal("FORCE_CHANGE_PASSWORD", await app.Pool.StatusOf("bob"));
        Assert.Equal("tokens", TestApp.Outcome(await Answer(app, session)));
    }

    [Fact]
    public async Task Finds_the_user_by_any_name_of_the_session_s_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UsernameAttributes = new[] { "email" } });
        var app = new TestApp(world, pool);
        await app.Pool.InvitedUser("ana@example.com", email: "ana@example.com");
        var session = (await app.Password("ana@example.com"))["Session"]!.GetValue<string>();

        var answer = await Answer(app, session, username: "ana@example.com");

        Assert.Equal("tokens", TestApp.Outcome(answer));
    }

    // Whole days; 0 stands for the default of 7.
    [Theory]
    [InlineData(null, 7)]
    [InlineData(0, 7)]
    [InlineData(2, 2)]
    public async Task A_temporary_password_ends_after_its_days(int? setting, int days)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var settings = setting is null
            ? null
            : new
            {
                Policies = new
                {
                    PasswordPolicy = new { MinimumLength = 8, TemporaryPasswordValidityDays = setting },
                },
            };
        var app = new TestApp(world, await TestPool.Create(world, settings));
        await app.Pool.InvitedUser("ana");
        world.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromMilliseconds(1));
        var session = await Session(app);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        const string ended =
            "NotAuthorizedException: Temporary password has expired and must be reset by an administrator.";
        Assert.Equal(ended, TestApp.Outcome(await app.Password("ana")));
        Assert.Equal(ended, TestApp.Outcome(await app.Srp("ana")));
        Assert.Equal(ended, TestApp.Outcome(await Answer(app, session)));
        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            TestApp.Outcome(await app.Password("ana", "Wrong-1234!")));
    }

    [Fact]
    public async Task Refuses_a_user_who_was_disabled_meanwhile()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.InvitedUser("ana");
        var session = await Session(app);
        await world.Must("AdminDisableUser", new { UserPoolId = app.Pool.Id, Username = "ana" });

        Assert.Equal(
            "NotAuthorizedException: User is disabled.", TestApp.Outcome(await Answer(app, session)));
    }

    private static async Task<string> Session(TestApp app) =>
        (await app.Password("ana"))["Session"]!.GetValue<string>();

    private static Task<Answer> Answer(
        TestApp app, string? session, params (string Name, string Value)[] attributes) =>
        Answer(app, session, "ana", Fresh, attributes);

    private static Task<Answer> Answer(
        TestApp app, string? session, string username = "ana", string password = Fresh,
        params (string Name, string Value)[] attributes) =>
        app.Answer(
            "NEW_PASSWORD_REQUIRED",
            session,
            [("USERNAME", username), ("NEW_PASSWORD", password), .. attributes]);
}
