using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

/// <summary>What becomes of a sign-in at each risk, under each action.</summary>
public sealed class RiskActionTests
{
    private const string Blocked = "NotAuthorizedException: Unable to login because of security reasons.";

    // Risk, whether the user has a second factor, what is done: what comes of it, and how it is remembered.
    [Theory]
    [InlineData("Low", "BLOCK", true, Blocked, "Fail Block Low")]
    [InlineData("Medium", "BLOCK", true, Blocked, "Fail Block Medium")]
    [InlineData("High", "BLOCK", true, Blocked, "Fail Block High")]
    [InlineData("Low", "MFA_REQUIRED", true, "SMS_MFA", "InProgress AccountTakeover Low")]
    [InlineData("Medium", "MFA_REQUIRED", true, "SMS_MFA", "InProgress AccountTakeover Medium")]
    [InlineData("High", "MFA_REQUIRED", true, "SMS_MFA", "InProgress AccountTakeover High")]
    [InlineData("Low", "MFA_REQUIRED", false, Blocked, "Fail Block Low")]
    [InlineData("High", "MFA_REQUIRED", false, Blocked, "Fail Block High")]
    [InlineData("Low", "MFA_IF_CONFIGURED", true, "SMS_MFA", "InProgress AccountTakeover Low")]
    [InlineData("Medium", "MFA_IF_CONFIGURED", true, "SMS_MFA", "InProgress AccountTakeover Medium")]
    [InlineData("High", "MFA_IF_CONFIGURED", true, "SMS_MFA", "InProgress AccountTakeover High")]
    [InlineData("Low", "MFA_IF_CONFIGURED", false, "tokens", "Pass AccountTakeover Low")]
    [InlineData("High", "MFA_IF_CONFIGURED", false, "tokens", "Pass AccountTakeover High")]
    [InlineData("Low", "NO_ACTION", true, "tokens", "Pass AccountTakeover Low")]
    [InlineData("Medium", "NO_ACTION", true, "tokens", "Pass AccountTakeover Medium")]
    [InlineData("High", "NO_ACTION", true, "tokens", "Pass AccountTakeover High")]
    [InlineData("None", "BLOCK", true, "tokens", "Pass NoRisk")]
    [InlineData("None", "MFA_REQUIRED", false, "tokens", "Pass NoRisk")]
    public async Task Follows_the_action_of_its_level(
        string level, string action, bool hasFactor, string outcome, string remembered)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world, factors: "s");
        await world.SetTakeover(pool, RiskPools.Takeover(action));
        await world.KnownUser(pool, "ana", phone: hasFactor ? "+15555550100" : null);
        await world.Raise(pool, "ana", level);

        var answer = await pool.SignIn("ana");

        Assert.Equal(outcome, TestApp.Outcome(answer));
        Assert.StartsWith(
            $"SignIn {remembered}", await world.LastEventOf(pool, "ana"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Low")]
    [InlineData("Medium")]
    [InlineData("High")]
    public async Task Only_the_action_of_its_own_level_counts(string level)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        string[] others = [.. new[] { "Low", "Medium", "High" }.Where(other => other != level)];
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK", levels: others));
        await world.KnownUser(pool, "ana");
        await world.Raise(pool, "ana", level);

        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));
        Assert.Contains(level, await world.LastEventOf(pool, "ana"), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Blocks_by_the_rows_of_each_database(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK", notify: true));
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        await world.Raise(pool, "ana", "High");
        world.Transcript.Clear();

        await pool.SignIn("ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_pool_that_only_looks_remembers_and_lets_pass()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world, "AUDIT");
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK", notify: true));
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        await world.Raise(pool, "ana", "High");

        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));

        Assert.Equal(
            "SignIn Pass AccountTakeover High Password=Success", await world.LastEventOf(pool, "ana"));
        Assert.Empty(world.Email.Sent);
    }

    [Fact]
    public async Task SRP_is_weighed_like_a_password_that_is_sent()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK"));
        await world.KnownUser(pool, "ana");
        var app = new TestApp(world, pool);
        Assert.Equal("tokens", TestApp.Outcome(await app.Srp("ana")));
        await world.Raise(pool, "ana", "Low");

        Assert.Equal(Blocked, TestApp.Outcome(await app.Srp("ana")));
        Assert.Equal("SignIn Fail Block Low Password=Success", await world.LastEventOf(pool, "ana"));
    }

    [Fact]
    public async Task A_user_who_has_switched_no_factor_on_is_asked_for_one_that_is_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world, factors: "ste");
        await world.SetTakeover(pool, RiskPools.Takeover("MFA_REQUIRED"));
        await world.KnownUser(pool, "ana", email: "ana@example.com", phone: "+15555550100");
        var app = new TestApp(world, pool);
        world.Source = RiskPools.Elsewhere;

        var choice = await app.Password("ana");
        Assert.Equal("SELECT_MFA_TYPE", TestApp.Outcome(choice));
        var chosen = await app.Answer(
            "SELECT_MFA_TYPE", MfaPools.SessionOf(choice), ("USERNAME", "ana"), ("ANSWER", "EMAIL_OTP"));
        var code = world.LastEmailCode();
        var wrong = await app.Answer(
            "EMAIL_OTP", MfaPools.SessionOf(chosen),
            ("USERNAME", "ana"), ("EMAIL_OTP_CODE", MfaPools.Other(code)));
        var right = await app.Answer(
            "EMAIL_OTP", MfaPools.SessionOf(chosen), ("USERNAME", "ana"), ("EMAIL_OTP_CODE", code));

        Assert.Equal("CodeMismatchException", wrong.Code);
        Assert.Equal("tokens", TestApp.Outcome(right));
        var events = await world.EventsOf(pool, "ana");
        Assert.Equal(
            "SignIn Pass AccountTakeover Low Password=Success Mfa=Failure Mfa=Success",
            RiskPools.Line(events[0]));
        Assert.Equal(
            TestTokens.Of(right).AccessClaims["event_id"]!.GetValue<string>(),
            events[0]["EventId"]!.GetValue<string>());
        // The sign-in was one event, and makes its network a known one.
        Assert.Equal(2, events.Count);
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task An_authenticator_that_is_not_switched_on_is_asked_for()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world, factors: "t");
        await world.SetTakeover(pool, RiskPools.Takeover("MFA_IF_CONFIGURED"));
        await world.KnownUser(pool, "ana");
        var authenticator = await Authenticator.Verified(world, await pool.AccessTokenOf("ana"));
        var app = new TestApp(world, pool);
        world.Source = RiskPools.Elsewhere;

        var challenge = await app.Password("ana");
        var answer = await app.Answer(
            "SOFTWARE_TOKEN_MFA", MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"), ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()));

        Assert.Equal("tokens", TestApp.Outcome(answer));
    }

    [Fact]
    public async Task A_temporary_password_is_weighed_before_it_is_replaced()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world, factors: "s");
        await world.SetTakeover(pool, RiskPools.Takeover("MFA_REQUIRED"));
        await world.KnownUser(pool, "ana", phone: "+15555550100");
        await world.Admin(
            pool, "AdminSetUserPassword", "ana", new { TestPool.Password, Permanent = false });
        var app = new TestApp(world, pool);
        world.Source = RiskPools.Elsewhere;

        var challenge = await app.Password("ana");
        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(challenge));
        var next = await app.Answer(
            "NEW_PASSWORD_REQUIRED", MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"), ("NEW_PASSWORD", "New-1234!"));

        Assert.Equal("SMS_MFA", TestApp.Outcome(next));
    }

    [Theory]
    [InlineData("198.51.100.0/24", "NotAuthorizedException: Request not allowed due to security reasons.")]
    [InlineData("198.51.100.7/32", "NotAuthorizedException: Request not allowed due to security reasons.")]
    [InlineData("0.0.0.0/0", "NotAuthorizedException: Request not allowed due to security reasons.")]
    [InlineData("198.51.101.0/24", "tokens")]
    [InlineData("::/0", "tokens")]
    public async Task Nobody_signs_in_from_a_blocked_range(string range, string outcome)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.KnownUser(pool, "ana");
        var (app, srp) = (new TestApp(world, pool), new SrpClient());
        var challenge = await app.StartSrp("ana", srp.PublicHex);
        await Exceptions(world, pool, new { BlockedIPRangeList = (string[])[range] });
        await world.Raise(pool, "ana", "Low");

        Assert.Equal(outcome, TestApp.Outcome(await app.Prove(challenge, srp)));
        Assert.Equal(outcome, TestApp.Outcome(await pool.SignIn("ana")));
        Assert.StartsWith(
            outcome == "tokens" ? "SignIn Pass" : "SignIn Fail Block",
            await world.LastEventOf(pool, "ana"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_range_blocks_nothing_where_the_pool_only_looks()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world, "AUDIT");
        await world.KnownUser(pool, "ana");
        await Exceptions(world, pool, new { BlockedIPRangeList = (string[])["0.0.0.0/0"] });

        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));
    }

    [Fact]
    public async Task Whoever_comes_from_a_skipped_range_is_no_risk()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK"));
        await world.KnownUser(pool, "ana");
        await Exceptions(world, pool, new { SkippedIPRangeList = (string[])["198.51.100.0/24"] });
        await world.Raise(pool, "ana", "High");

        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));
        Assert.Equal("SignIn Pass NoRisk Password=Success", await world.LastEventOf(pool, "ana"));
    }

    [Fact]
    public async Task A_client_s_own_configuration_stands_in_place_of_the_pool_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        var lenient = await pool.AnotherClient();
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK"));
        await world.Must(
            "SetRiskConfiguration",
            new
            {
                UserPoolId = pool.Id,
                lenient.ClientId,
                AccountTakeoverRiskConfiguration = RiskPools.Takeover("NO_ACTION"),
            });
        await world.KnownUser(pool, "ana");
        world.Source = RiskPools.Elsewhere;

        Assert.Equal(Blocked, TestApp.Outcome(await pool.SignIn("ana")));
        Assert.Equal("tokens", TestApp.Outcome(await lenient.SignIn("ana")));
    }

    [Fact]
    public async Task The_address_that_a_server_tells_is_the_user_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK"));
        await world.KnownUser(pool, "ana");

        Assert.Equal("tokens", TestApp.Outcome(await FromServer("192.0.2.200")));
        Assert.Equal(Blocked, TestApp.Outcome(await FromServer(RiskPools.Elsewhere)));

        Task<Answer> FromServer(string address) => world.Call(
            "AdminInitiateAuth",
            new
            {
                UserPoolId = pool.Id,
                pool.ClientId,
                AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
                AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
                ContextData = new
                {
                    IpAddress = address,
                    ServerName = "app.example.com",
                    ServerPath = "/in",
                    HttpHeaders = Array.Empty<object>(),
                },
            });
    }

    [Fact]
    public async Task Guesses_at_many_accounts_from_one_network_make_it_risky()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK"));
        await world.KnownUser(pool, "ana");
        for (var i = 0; i < 20; i++) await pool.SignIn($"nobody{i}");

        Assert.Equal(Blocked, TestApp.Outcome(await pool.SignIn("ana")));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));
    }

    private static Task<Answer> Exceptions(World world, TestPool pool, object exceptions) => world.Must(
        "SetRiskConfiguration", new { UserPoolId = pool.Id, RiskExceptionConfiguration = exceptions });
}
