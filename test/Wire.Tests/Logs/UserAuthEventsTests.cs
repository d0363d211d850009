using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Logs;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Logs;

/// <summary>What administrators read of their users' sign-ins.</summary>
public sealed class UserAuthEventsTests
{
    private const string Fresh = "New-1234!";

    [Theory, EachDatabase]
    public async Task Sign_ins_leave_lines_right_or_wrong(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Pool(world);
        await pool.ConfirmedUser("ana");
        world.Transcript.Clear();

        await pool.SignIn("ana");
        await pool.SignIn("ana", "Wrong-1234!");
        await world.Admin(pool, "AdminDisableUser", "ana");
        await pool.SignIn("ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_line_has_the_services_form()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        var ana = await pool.ConfirmedUser("ana");

        var tokens = TestTokens.Of(await pool.SignIn("ana"));

        var line = Lines(world).Single();
        var message = line["message"]!.AsObject();
        Assert.Equal("USER_ACTIVITY", line["eventSource"]!.GetValue<string>());
        Assert.Equal("INFO", line["logLevel"]!.GetValue<string>());
        Assert.Equal(pool.Id, line["logSourceId"]!["userPoolId"]!.GetValue<string>());
        Assert.Equal(
            [
                "version", "eventId", "eventType", "userSub", "userName", "userPoolId", "clientId",
                "creationDate", "eventResponse", "riskLevel", "riskDecision", "challenges", "deviceName",
                "ipAddress", "requestId", "idpName", "compromisedCredentialDetected", "city", "country",
                "eventFeedbackValue", "eventFeedbackDate", "eventFeedbackProvider", "hasContextData",
            ],
            message.Select(member => member.Key));
        Assert.Equal(("ana", ana.Sub), (Text(message, "userName"), Text(message, "userSub")));
        Assert.Equal(pool.ClientId, Text(message, "clientId"));
        Assert.Equal("Fri Mar 06 04:05:09 UTC 2026", Text(message, "creationDate"));
        Assert.Equal("192.0.2.1", Text(message, "ipAddress"));
        Assert.Equal(tokens.AccessClaims["event_id"]!.GetValue<string>(), Text(message, "eventId"));
    }

    [Fact]
    public async Task Each_way_in_tells_how_far_it_led()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await Pool(world));
        await app.Pool.ConfirmedUser("ana");
        await app.Pool.InvitedUser("bob");
        await app.Pool.ConfirmedUser("eve");
        await app.Pool.ConfirmedUser("kim", email: "kim@example.com");
        await world.Admin(app.Pool, "AdminResetUserPassword", "kim");

        await app.Srp("ana");
        await app.Srp("ana", "Wrong-1234!");
        var challenged = await app.Password("bob");
        await app.Answer(
            "NEW_PASSWORD_REQUIRED",
            challenged["Session"]!.GetValue<string>(),
            ("USERNAME", "bob"), ("NEW_PASSWORD", Fresh));
        await app.Password("kim");
        await new TestApp(world, app.Pool, byAdministrator: true).Password("eve");

        Assert.Equal(
            [
                "SignIn ana Pass Password=Success",
                "SignIn ana Fail Password=Failure NotAuthorizedException: Incorrect username or password.",
                "SignIn bob InProgress Password=Success",
                "SignIn bob Pass",
                "SignIn kim Fail PasswordResetRequiredException",
                "SignIn eve Pass Password=Success",
            ],
            Told(world));
    }

    [Fact]
    public async Task Registering_and_recovering_are_told_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);

        await world.SignUp(pool, "ana", "email=ana@example.com");
        await world.SignUp(pool, "ana", "email=eve@example.com");
        await world.Public(pool, "ResendConfirmationCode", "ana");
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = "999999" });
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = pool.LastCode() });
        await world.Public(pool, "ForgotPassword", "ana");
        await world.Public(
            pool, "ConfirmForgotPassword", "ana",
            new { ConfirmationCode = pool.LastCode(), Password = Fresh });
        var token = await pool.AccessTokenOf("ana", Fresh);
        await Change(world, token, "Wrong-1234!");
        await Change(world, token, Fresh);

        Assert.Equal(
            [
                "SignUp ana InProgress",
                "SignUp  Fail UsernameExistsException",
                "ResendCode ana Pass",
                "SignUp ana Fail CodeMismatchException",
                "SignUp ana Pass",
                "ForgotPassword ana InProgress",
                "ForgotPassword ana Pass",
                "SignIn ana Pass Password=Success",
                "PasswordChange ana Fail NotAuthorizedException: Incorrect username or password.",
                "PasswordChange ana Pass",
            ],
            Told(world));

        static Task Change(World world, string accessToken, string previous) => world.Call(
            "ChangePassword",
            new
            {
                AccessToken = accessToken,
                PreviousPassword = previous,
                ProposedPassword = "Next-1234!",
            });
    }

    [Fact]
    public async Task No_line_holds_a_password_a_code_a_token_or_what_was_typed_as_a_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var code = pool.LastCode();
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = code });
        var tokens = (await pool.SignIn("ana"))["AuthenticationResult"]!.AsObject();
        await pool.SignIn("ana", "Mistyped-1!");
        await pool.SignIn("My-Password-1!", "ana");
        await world.Public(pool, "ForgotPassword", "My-Password-1!");

        var all = string.Join('\n', world.Logs.Written.SelectMany(batch => batch.Lines));

        string[] secrets =
        [
            TestPool.Password, code, "Mistyped-1!", "My-Password-1!", "ana@example.com",
            tokens["AccessToken"]!.GetValue<string>(), tokens["IdToken"]!.GetValue<string>(),
            tokens["RefreshToken"]!.GetValue<string>(),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
        Assert.Equal(6, Lines(world).Count());
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_told_as_nobody_also_where_the_client_hides_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        var hiding = await pool.AnotherClient(new { PreventUserExistenceErrors = "ENABLED" });

        await pool.SignIn("nobody");
        await hiding.SignIn("nobody");
        Assert.True((await world.Public(hiding, "ForgotPassword", "nobody")).IsSuccess);

        Assert.Equal(
            [
                "SignIn  Fail UserNotFoundException",
                "SignIn  Fail Password=Failure NotAuthorizedException: Incorrect username or password.",
                "ForgotPassword  Fail UserNotFoundException",
            ],
            Told(world));
    }

    [Theory]
    [InlineData("PLUS", "OFF")]
    [InlineData("PLUS", null)]
    public async Task Pools_without_threat_protection_tell_nothing(string tier, string? mode)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new
            {
                UserPoolTier = tier,
                UserPoolAddOns = mode is null ? null : new { AdvancedSecurityMode = mode },
            });
        await world.Must("SetLogDeliveryConfiguration", LogSettings.Of(pool.Id, LogSettings.Activity));
        await pool.ConfirmedUser("ana");

        await pool.SignIn("ana");
        await pool.SignIn("ana", "Wrong-1234!");

        Assert.Empty(world.Logs.Written);
    }

    [Fact]
    public async Task Neither_malformed_calls_nor_refreshes_are_events()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await Pool(world));
        await app.Pool.ConfirmedUser("ana");

        var refresh = (await app.Password("ana"))["AuthenticationResult"]!["RefreshToken"]!;
        await app.Refresh(refresh.GetValue<string>());
        await app.Start("USER_PASSWORD_AUTH", ("USERNAME", "ana"));
        await app.Start("CUSTOM_AUTH", ("USERNAME", "ana"));
        await world.Public(app.Pool, "ConfirmSignUp", "ana", new { ConfirmationCode = "" });

        Assert.Equal(["SignIn ana Pass Password=Success"], Told(world));
    }

    [Fact]
    public async Task A_server_tells_the_users_address_and_a_public_client_cannot()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        await pool.ConfirmedUser("ana");
        var parameters = new { USERNAME = "ana", PASSWORD = TestPool.Password };
        string[] agent = ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"];

        await world.Must("AdminInitiateAuth", new
        {
            UserPoolId = pool.Id,
            pool.ClientId,
            AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
            AuthParameters = parameters,
            ContextData = new
            {
                IpAddress = "203.0.113.7",
                ServerName = "app.example.com",
                ServerPath = "/in",
                HttpHeaders = agent.Select(value => new { headerName = "User-Agent", headerValue = value }),
            },
        });
        await world.Must("InitiateAuth", new
        {
            pool.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = parameters,
            UserContextData = new { IpAddress = "203.0.113.7" },
        });

        Assert.Equal(
            ["203.0.113.7 Chrome 126, Windows 10 true", "192.0.2.1 Other, Other false"],
            Lines(world).Select(line => line["message"]!).Select(message => string.Join(
                ' ',
                Text(message, "ipAddress"),
                Text(message, "deviceName"),
                Text(message, "hasContextData"))));
    }

    [Fact]
    public async Task Each_region_of_a_replicated_pool_tells_what_happens_in_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, settings: LogSettings.Watching);
        var pool = replica.Pool;
        await pool.ConfirmedUser("ana");
        await world.Must("SetLogDeliveryConfiguration", LogSettings.Of(pool.Id, LogSettings.Activity));

        await replica.There(() => pool.SignIn("ana"));
        Assert.Empty(world.Logs.Written);
        await replica.Call(
            "SetLogDeliveryConfiguration", LogSettings.Of(pool.Id, LogSettings.ActivityAbroad));
        await replica.There(() => pool.SignIn("ana"));
        await pool.SignIn("ana");

        Assert.Equal(
            [LogSettings.StreamAbroad, LogSettings.Stream],
            world.Logs.Written.Select(batch => batch.Destination));
    }

    [Fact]
    public async Task A_sink_that_refuses_lets_everybody_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world);
        await pool.ConfirmedUser("ana");
        world.Logs.Refusal = new DeliveryException("full", permanent: true);

        Assert.True((await pool.SignIn("ana")).IsSuccess);
        Assert.Equal(1, world.Get<LogQueue>().Lost);
    }

    private static async Task<TestPool> Pool(World world)
    {
        var pool = await TestPool.Create(world, LogSettings.Watching);
        await world.Must("SetLogDeliveryConfiguration", LogSettings.Of(pool.Id, LogSettings.Activity));
        return pool;
    }

    private static IEnumerable<JsonNode> Lines(World world) =>
        world.Logs.Written.SelectMany(batch => batch.Lines).Select(line => JsonNode.Parse(line)!);

    /// <summary>Type, user, response, challenges and reason of each line.</summary>
    private static IEnumerable<string> Told(World world) => Lines(world)
        .Select(line => line["message"]!.AsObject())
        .Select(message => string.Join(' ', (string[])
        [
            Text(message, "eventType"), Text(message, "userName"), Text(message, "eventResponse"),
            .. message["challenges"]!.AsArray().Select(
                one => $"{Text(one!, "challengeName")}={Text(one!, "challengeResponse")}"),
            .. message["failureReason"] is { } reason ? [reason.GetValue<string>()] : (string[])[],
        ]));

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
