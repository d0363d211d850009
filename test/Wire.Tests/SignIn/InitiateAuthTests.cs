using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class InitiateAuthTests
{
    private const string Unused = "1234567890abcdefghijklmnop";

    [Theory, EachDatabase]
    public async Task Signs_in_with_the_password_and_refreshes(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        await app.Password("ana", "Wrong-1234!");
        var tokens = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await app.Refresh(tokens.Refresh!);
        await app.Password("bob");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Begins_a_sign_in_by_SRP_without_writing_anything(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var hiding = new { PreventUserExistenceErrors = "ENABLED" };
        var app = new TestApp(world, await TestPool.Create(world, null, hiding));
        await app.Pool.ConfirmedUser("ana");
        world.Transcript.Clear();

        await app.StartSrp("ana", "0A1B2C");
        await app.StartSrp("bob", "0A1B2C");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Answers_the_first_thing_that_is_wrong()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new { GenerateSecret = true, ExplicitAuthFlows = new[] { "ALLOW_REFRESH_TOKEN_AUTH" } };
        var locked = await TestPool.Create(world, null, client);
        var pool = await locked.AnotherClient(new { GenerateSecret = true });
        var parameters = new Dictionary<string, string>();

        Assert.Equal(
            $"ResourceNotFoundException: User pool client {Unused} does not exist.",
            await Try(Unused, "ADMIN_USER_PASSWORD_AUTH"));
        Assert.Equal(
            "InvalidParameterException: Initiate Auth method not supported.",
            await Try(locked.ClientId, "ADMIN_USER_PASSWORD_AUTH"));
        Assert.Equal(
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
            await Try(locked.ClientId, "USER_PASSWORD_AUTH"));
        Assert.Equal(Missing("USERNAME"), await Try(pool.ClientId));
        parameters["USERNAME"] = "ana";
        Assert.Equal(Missing("PASSWORD"), await Try(pool.ClientId));
        parameters["PASSWORD"] = TestPool.Password;
        Assert.Equal(
            $"NotAuthorizedException: Client {pool.ClientId} is configured with secret "
            + "but SECRET_HASH was not received",
            await Try(pool.ClientId));
        parameters["SECRET_HASH"] = "bm90IHRoZSBoYXNo";
        Assert.Equal(
            $"NotAuthorizedException: Unable to verify secret hash for client {pool.ClientId}",
            await Try(pool.ClientId));
        parameters["SECRET_HASH"] = new TestApp(world, pool).Hash("ana")[0].Value;
        Assert.Equal("UserNotFoundException: User does not exist.", await Try(pool.ClientId));
        await pool.ConfirmedUser("ana");
        Assert.Equal("200", await Try(pool.ClientId));

        async Task<string> Try(string clientId, string flow = "USER_PASSWORD_AUTH") => (await world.Call(
            "InitiateAuth",
            new { AuthFlow = flow, ClientId = clientId, AuthParameters = parameters })).ToString();
    }

    [Theory]
    [InlineData("USER_SRP_AUTH", "USERNAME", "SRP_A")]
    [InlineData("USER_PASSWORD_AUTH", "USERNAME", "PASSWORD")]
    [InlineData("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN", null)]
    [InlineData("REFRESH_TOKEN", "REFRESH_TOKEN", null)]
    public async Task Names_the_parameter_that_is_missing_or_empty(string flow, string first, string? second)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));

        Assert.Equal(Missing(first), (await app.Start(flow)).ToString());
        Assert.Equal(Missing(first), (await app.Start(flow, (first, ""))).ToString());
        if (second is null) return;
        Assert.Equal(Missing(second), (await app.Start(flow, (first, "ana"))).ToString());
    }

    [Fact]
    public async Task Takes_no_secret_hash_from_a_public_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");

        var answer = await app.Start(
            "USER_PASSWORD_AUTH",
            ("USERNAME", "ana"),
            ("PASSWORD", TestPool.Password),
            ("SECRET_HASH", "bm8="));

        // The words are not known; only the type is.
        Assert.Equal("NotAuthorizedException", answer.Code);
    }

    [Fact]
    public async Task Takes_what_clients_send_along_for_other_ends()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, MfaPools.Sms("ON"));
        await pool.ConfirmedUser("ana", phone: "+15551230000");
        var context = new
        {
            AnalyticsMetadata = new { AnalyticsEndpointId = "endpoint" },
            UserContextData = new { IpAddress = "192.0.2.7", EncodedData = "e30=" },
            ContextData = new
            {
                IpAddress = "192.0.2.7",
                ServerName = "example.com",
                ServerPath = "/",
                HttpHeaders = new[] { new { headerName = "Accept", headerValue = "*/*" } },
            },
        };

        foreach (var prefix in (string[])["", "Admin"])
        {
            var named = new { UserPoolId = prefix.Length > 0 ? pool.Id : null, pool.ClientId };
            var challenge = await world.Must(
                prefix + "InitiateAuth",
                Calls.Merge(context, Calls.Merge(named, new
                {
                    AuthFlow = prefix.Length > 0 ? "ADMIN_USER_PASSWORD_AUTH" : "USER_PASSWORD_AUTH",
                    AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
                })));
            var answer = await world.Must(
                prefix + "RespondToAuthChallenge",
                Calls.Merge(context, Calls.Merge(named, new
                {
                    ChallengeName = "SMS_MFA",
                    Session = MfaPools.SessionOf(challenge),
                    ChallengeResponses = new { USERNAME = "ana", SMS_MFA_CODE = world.LastSmsCode() },
                })));
            Assert.Equal("tokens", TestApp.Outcome(answer));
        }
    }

    [Fact]
    public async Task Custom_auth_needs_the_challenge_triggers_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new { ExplicitAuthFlows = new[] { "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" } };
        var app = new TestApp(world, await TestPool.Create(world, null, client));

        var answer = await app.Start("CUSTOM_AUTH", ("USERNAME", "ana"));

        Assert.Equal(
            "InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.",
            answer.ToString());
    }

    [Theory]
    [InlineData("ana")]
    [InlineData("ana@example.com")]
    [InlineData("+15551230000")]
    [InlineData("annie")]
    [InlineData("sub")]
    public async Task Finds_the_user_by_name_alias_and_sub_with_the_hash_over_what_was_sent(string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new { AliasAttributes = new[] { "email", "phone_number", "preferred_username" } },
            new { GenerateSecret = true });
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        await world.Must(
            "AdminUpdateUserAttributes",
            new
            {
                UserPoolId = pool.Id,
                Username = "ana",
                UserAttributes = new[] { new { Name = "preferred_username", Value = "annie" } },
            });
        if (name == "sub") name = ana.Sub;
        var app = new TestApp(world, pool);

        Assert.Equal("tokens", TestApp.Outcome(await app.Password(name)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Srp(name)));
    }

    [Theory]
    [InlineData("ANA", false, "tokens")]
    [InlineData("ANA", true, "UserNotFoundException: User does not exist.")]
    [InlineData(" ana", false, "UserNotFoundException: User does not exist.")]
    public async Task Compares_names_as_the_pool_says(string name, bool caseSensitive, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { UsernameConfiguration = new { CaseSensitive = caseSensitive } });
        await pool.ConfirmedUser("ana");

        Assert.Equal(expected, TestApp.Outcome(await new TestApp(world, pool).Password(name)));
        Assert.Equal(expected, TestApp.Outcome(await new TestApp(world, pool).Srp(name)));
    }

    [Fact]
    public async Task Ignores_parameters_it_does_not_know()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");

        var answer = await app.Start(
            "USER_PASSWORD_AUTH", ("USERNAME", "ana"), ("PASSWORD", TestPool.Password), ("COLOUR", "blue"));

        Assert.Equal("tokens", TestApp.Outcome(answer));
    }

    private static string Missing(string parameter) =>
        $"InvalidParameterException: Missing required parameter {parameter}";
}
