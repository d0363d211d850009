using Lifeguard.Domain.Effects;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Wire.Tests.ResourceServers;
using Lifeguard.Wire.Tests.Sessions;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>The trigger before tokens: when it is asked, what it is told, and what its failure
/// leaves.</summary>
public sealed class PreTokenGenerationTests
{
    private const string Failed = "UserLambdaValidationException: PreTokenGeneration failed with error No.";

    [Theory, EachDatabase]
    public async Task Changes_both_tokens_of_a_sign_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await TokenPools.Create(world, "V2_0");
        world.ChangesTokens(
            """
            {"idTokenGeneration":{"claimsToAddOrOverride":{"plan":"gold","email":"a@b.example"}},
             "accessTokenGeneration":{"claimsToAddOrOverride":{"limits":{"a":[1,true]}},
              "scopesToAdd":["moons/read"]}}
            """);
        world.Transcript.Clear();

        var tokens = await app.SignedIn("ana");

        world.Transcript.ShouldMatchApproved();
        Assert.Equal("gold", tokens.IdClaims["plan"]!.GetValue<string>());
        Assert.Equal("a@b.example", tokens.IdClaims["email"]!.GetValue<string>());
        Assert.Equal("""{"a":[1,true]}""", tokens.AccessClaims["limits"]!.ToJsonString());
        Assert.Equal(
            "aws.cognito.signin.user.admin moons/read", tokens.AccessClaims["scope"]!.GetValue<string>());
        Assert.True(await TestTokens.IsSigned(world, app.Pool.Id, tokens.Id));
        Assert.True(await TestTokens.IsSigned(world, app.Pool.Id, tokens.Access));
        // What the function adds does not stand in the way of the API.
        Assert.Equal("200", (await world.Own(tokens.Access, "GetUser")).ToString());
    }

    [Theory]
    [InlineData("V1_0", "1", false)]
    [InlineData("V2_0", "2", true)]
    [InlineData("V3_0", "3", true)]
    public async Task Is_told_the_user_with_groups_and_roles_by_precedence(
        string version, string expected, bool hasScopes)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, version);

        await app.SignedIn("ana");

        var input = world.LastEvent();
        Assert.Equal(expected, input["version"]!.GetValue<string>());
        Assert.Equal("TokenGeneration_Authentication", input["triggerSource"]!.GetValue<string>());
        Assert.Equal(app.Pool.ClientId, input["callerContext"]!["clientId"]!.GetValue<string>());
        var request = input["request"]!.AsObject();
        Assert.Equal(
            """
            {"groupsToOverride":["admins","staff"],
            "iamRolesToOverride":["arn:aws:iam::000000000000:role/admins",
            "arn:aws:iam::000000000000:role/staff"],
            "preferredRole":"arn:aws:iam::000000000000:role/admins"}
            """.ReplaceLineEndings(""),
            request["groupConfiguration"]!.ToJsonString());
        Assert.Equal(hasScopes, request.ContainsKey("scopes"));
        if (hasScopes)
            Assert.Equal("""["aws.cognito.signin.user.admin"]""", request["scopes"]!.ToJsonString());
        Assert.Equal(
            ["sub", "cognito:user_status", "email", "email_verified"],
            request["userAttributes"]!.AsObject().Select(member => member.Key));
        Assert.Equal(
            hasScopes
                ? """{"claimsAndScopeOverrideDetails":null}"""
                : """{"claimsOverrideDetails":null}""",
            input["response"]!.ToJsonString());
    }

    [Fact]
    public async Task A_user_without_groups_has_empty_ones()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V1_0");
        await app.Pool.ConfirmedUser("ben");

        await app.SignedIn("ben");

        Assert.Equal(
            """{"groupsToOverride":[],"iamRolesToOverride":[],"preferredRole":null}""",
            world.LastEvent()["request"]!["groupConfiguration"]!.ToJsonString());
    }

    [Fact]
    public async Task Hears_of_a_new_password_of_a_device_and_of_refreshes()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V2_0", DevicePools.Settings(trusts: false));
        await app.Pool.InvitedUser("ben");

        var challenge = await app.Password("ben");
        await app.Answer(
            "NEW_PASSWORD_REQUIRED", MfaPools.SessionOf(challenge),
            ("USERNAME", "ben"), ("NEW_PASSWORD", "New-1234!"));
        Assert.Equal("TokenGeneration_NewPasswordChallenge", Source(world));

        var device = await TestDevice.Confirmed(world, app, "ana");
        Assert.Equal("TokenGeneration_Authentication", Source(world));
        var signedIn = await device.Prove(app, await device.SignIn(app, "ana"));
        Assert.Equal("TokenGeneration_AuthenticateDevice", Source(world));

        var refreshed = await app.Start(
            "REFRESH_TOKEN_AUTH",
            ("REFRESH_TOKEN", TestTokens.Of(signedIn).Refresh!), ("DEVICE_KEY", device.Key));
        Assert.Equal("tokens", TestApp.Outcome(refreshed));
        Assert.Equal("TokenGeneration_RefreshTokens", Source(world));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Changes_the_tokens_of_refreshes_anew(bool byFlow)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V1_0");
        world.ChangesTokens("""{"claimsToAddOrOverride":{"round":"1"}}""");
        var first = await app.SignedIn("ana");
        world.ChangesTokens("""{"claimsToAddOrOverride":{"round":"2"}}""");

        var second = TestTokens.Of(byFlow
            ? await app.Refresh(first.Refresh!)
            : await world.Refresh(app.Pool, first.Refresh!));

        Assert.Equal("1", first.IdClaims["round"]!.GetValue<string>());
        Assert.Equal("2", second.IdClaims["round"]!.GetValue<string>());
        Assert.Equal("TokenGeneration_RefreshTokens", Source(world));
    }

    [Fact]
    public async Task Changes_the_token_of_a_machine_in_its_third_version_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        foreach (var (version, isAsked) in new[] { ("V1_0", false), ("V2_0", false), ("V3_0", true) })
        {
            var machine = await Machine(world, version);
            var events = world.Triggers.Events.Count;
            world.ChangesTokens(
                """
                {"accessTokenGeneration":{"claimsToAddOrOverride":{"tenant":7,"sub":"x","event_id":"x"},
                 "scopesToAdd":["extra/one"],"scopesToSuppress":["moons/write"]},
                 "idTokenGeneration":{"claimsToAddOrOverride":{"lost":"x"}}}
                """);

            var answer = await MachineToken(world, machine);

            var claims = TestTokens.Part(
                answer["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>(), 1);
            Assert.Equal(isAsked ? events + 1 : events, world.Triggers.Events.Count);
            Assert.Equal(isAsked, claims.ContainsKey("tenant"));
            Assert.Equal(
                isAsked ? "moons/read extra/one" : "moons/read moons/write",
                claims["scope"]!.GetValue<string>());
            Assert.Equal(machine.ClientId, claims["sub"]!.GetValue<string>());
            Assert.False(claims.ContainsKey("event_id"));
            Assert.False(claims.ContainsKey("lost"));
        }

        Assert.Equal(
            """
            {"userAttributes":{},"groupConfiguration":null,"scopes":["moons/read","moons/write"],
            "clientMetadata":{"job":"nightly"}}
            """.ReplaceLineEndings(""),
            world.LastEvent()["request"]!.ToJsonString());
        Assert.Equal("ClientCredentials", world.LastEvent()["userName"]!.GetValue<string>());
        Assert.Equal("3", world.LastEvent()["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_machine_is_refused_in_the_functions_words()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var machine = await Machine(world, "V3_0");
        world.Triggers.Answers(TokenPools.Arn, new TriggerAnswer.Failed("Not on Sundays"));

        Assert.Equal(
            "NotAuthorizedException: PreTokenGeneration failed with error Not on Sundays.",
            (await MachineToken(world, machine)).ToString());
    }

    [Fact]
    public async Task A_failure_gives_no_tokens_and_leaves_what_the_sign_in_has_changed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V1_0");
        await app.Pool.InvitedUser("ben");
        world.Triggers.Answers(TokenPools.Arn, new TriggerAnswer.Failed("No"));

        var challenge = await app.Password("ben");
        var answer = await app.Answer(
            "NEW_PASSWORD_REQUIRED", MfaPools.SessionOf(challenge),
            ("USERNAME", "ben"), ("NEW_PASSWORD", "New-1234!"));

        Assert.Equal(Failed, answer.ToString());
        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("ben"));
        world.ChangesTokens(null);
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ben", "New-1234!")));
    }

    [Fact]
    public async Task A_failure_at_a_refresh_leaves_the_refresh_token_good()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V1_0", client: Rotation.Client());
        var tokens = await app.SignedIn("ana");
        world.Triggers.Answers(TokenPools.Arn, new TriggerAnswer.Failed("No"));

        Assert.Equal(
            Failed,
            await world.LeavesNothingButTriggers(() => world.Refresh(app.Pool, tokens.Refresh!)));

        world.ChangesTokens(null);
        Assert.Equal("200", (await world.Refresh(app.Pool, tokens.Refresh!)).ToString());
    }

    [Fact]
    public async Task A_failure_leaves_no_session()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await TokenPools.Create(world, "V1_0");
        await SessionCalls.Track(world, app.Pool, "ENABLED");
        world.Triggers.Answers(TokenPools.Arn, new TriggerAnswer.Failed("No"));

        await app.Password("ana");

        Assert.Empty(await world.RowsOf("user_session"));
        world.ChangesTokens(null);
        await app.SignedIn("ana");
        Assert.Single(await world.RowsOf("user_session"));
    }

    [Fact]
    public async Task The_older_setting_means_the_first_version()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { LambdaConfig = new { PreTokenGeneration = TokenPools.Arn } });
        await pool.ConfirmedUser("ana");
        world.ChangesTokens("""{"claimsToAddOrOverride":{"plan":"gold"}}""");

        var tokens = await new TestApp(world, pool).SignedIn("ana");

        Assert.Equal("gold", tokens.IdClaims["plan"]!.GetValue<string>());
        Assert.Equal("1", world.LastEvent()["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task Is_told_through_which_region_a_machine_came()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world);
        Assert.True((await replica.CallOnPool("UpdateUserPool", TokenPools.Settings("V3_0"))).IsSuccess);
        var machine = await Machine(world, replica.Pool);
        world.ChangesTokens(null);

        Assert.Equal("200", (await replica.There(() => MachineToken(world, machine))).ToString());

        Assert.Equal(TestReplica.Region, world.LastEvent()["region"]!.GetValue<string>());
    }

    [Fact]
    public async Task Is_asked_after_PostAuthentication()
    {
        const string After = "arn:aws:lambda:us-east-1:000000000000:function:after";
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new
        {
            LambdaConfig = new { PreTokenGeneration = TokenPools.Arn, PostAuthentication = After },
        });
        await pool.ConfirmedUser("ana");
        world.ChangesTokens(null);
        world.Triggers.On(After, _ => { });

        await new TestApp(world, pool).SignedIn("ana");

        Assert.Equal(
            ["PostAuthentication_Authentication", "TokenGeneration_Authentication"],
            world.Triggers.Events.Select(input => input["triggerSource"]!.GetValue<string>()));
    }

    private static string Source(World world) => world.LastEvent()["triggerSource"]!.GetValue<string>();

    private static async Task<TestPool> Machine(World world, string version) =>
        await Machine(world, await TestPool.Create(world, TokenPools.Settings(version)));

    private static async Task<TestPool> Machine(World world, TestPool pool)
    {
        await world.Must("CreateResourceServer", ServerCalls.Request(pool, "moons", "read", "write"));
        return await pool.AnotherClient(new
        {
            GenerateSecret = true,
            ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
            AllowedOAuthScopes = new[] { "moons/read", "moons/write" },
        });
    }

    private static Task<Answer> MachineToken(World world, TestPool machine) => world.Call(
        "GetClientToken",
        new
        {
            machine.ClientId,
            Secret = machine.ClientSecret,
            Scopes = new[] { "moons/read", "moons/write" },
            ClientMetadata = new { job = "nightly" },
        });
}
