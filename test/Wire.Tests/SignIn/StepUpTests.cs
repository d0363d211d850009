using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>USER_AUTH on its way to a level of authentication.</summary>
public sealed class StepUpTests
{
    private const string Level = "urn:cognito:loa:";
    private const string Foreign =
        "NotAuthorizedException: Access Token was not issued for this user and app client";

    [Theory, EachDatabase]
    public async Task A_token_stands_in_for_the_password_and_the_authenticator_is_asked_for(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, authenticator) = await Ana(world);
        var first = await SignedIn(app);
        world.Transcript.Clear();

        var challenge = await Start(app, "4", first.Access);
        var answer = await app.Respond(
            challenge, "ana", ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()));

        world.Transcript.ShouldMatchApproved();
        Assert.Equal((Level + 1, "pwd"), Told(first.AccessClaims));
        var second = TestTokens.Of(answer);
        var refreshed = TestTokens.Of(await app.Plain.Refresh(second.Refresh!));
        foreach (var claims in (JsonObject[])
            [second.IdClaims, second.AccessClaims, refreshed.IdClaims, refreshed.AccessClaims])
        {
            Assert.Equal((Level + 4, "pwd otp mfa"), Told(claims));
        }
    }

    [Theory]
    [InlineData("1", "PASSWORD_SRP PASSWORD EMAIL_OTP")]
    [InlineData("2", "PASSWORD_SRP PASSWORD EMAIL_OTP")]
    [InlineData("3", "PASSWORD_SRP PASSWORD")]
    [InlineData("4", "PASSWORD_SRP PASSWORD")]
    public async Task Only_what_leads_to_the_level_is_offered(string level, string offered)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Ana(world);

        Assert.Equal(offered, ChoiceApp.Offered(await Start(app, level)));
    }

    [Fact]
    public async Task A_sign_in_from_nothing_comes_to_the_level_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Ana(world);

        var challenge = await app.Choose(
            await Start(app, "4"), "ana", "PASSWORD", ("PASSWORD", TestPool.Password));
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(challenge));
        var answer = await app.Respond(
            challenge, "ana", ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()));

        Assert.Equal((Level + 4, "pwd otp mfa"), Told(TestTokens.Of(answer).IdClaims));
    }

    [Fact]
    public async Task A_code_that_was_sent_counts_together_with_the_password_after_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Ana(world);
        var byCode = await ByCode(app, world);

        var answer = await app.Choose(
            await Start(app, "3", byCode.Access), "ana", "PASSWORD", ("PASSWORD", TestPool.Password));

        Assert.Equal((Level + 2, "email_otp"), Told(byCode.IdClaims));
        Assert.Equal((Level + 3, "email_otp pwd mfa"), Told(TestTokens.Of(answer).IdClaims));
    }

    [Fact]
    public async Task A_code_that_is_proved_twice_is_one_factor()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Ana(world);
        var first = await ByCode(app, world);

        var again = await ByCode(app, world, ("ACCESS_TOKEN", first.Access));

        Assert.Equal((Level + 2, "email_otp"), Told(again.IdClaims));
    }

    [Fact]
    public async Task A_token_is_no_second_factor_where_one_is_demanded()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pw", configuration: new
        {
            RelyingPartyId = PasskeyPools.Party,
            UserVerification = "required",
            FactorConfiguration = "MULTI_FACTOR_WITH_USER_VERIFICATION",
        }));
        await world.Must("SetUserPoolMfaConfig", new
        {
            UserPoolId = app.Pool.Id,
            MfaConfiguration = "OPTIONAL",
            SoftwareTokenMfaConfiguration = new { Enabled = true },
        });
        var passkey = await world.UserWithPasskey(app.Pool, "ana", world.Steady());
        await Authenticator.Enrol(world, app.Pool, "ana");
        await world.Admin(app.Pool, "AdminSetUserMFAPreference", "ana", new
        {
            WebAuthnMfaSettings = new { Enabled = true },
        });
        var challenge = await app.Choose(await Start(app, "3"), "ana", "WEB_AUTHN");
        var both = TestTokens.Of(await app.Respond(
            challenge, "ana", ("CREDENTIAL", ChoiceApp.Credential(challenge, passkey))));

        var answer = await app.Choose(
            await Start(app, "1", both.Access), "ana", "PASSWORD", ("PASSWORD", TestPool.Password));

        Assert.EndsWith("mfa", Told(both.IdClaims).Methods, StringComparison.Ordinal);
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(answer));
    }

    [Fact]
    public async Task A_token_begets_no_others_unless_something_is_proved_anew()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, authenticator) = await Ana(world);
        var challenge = await Start(app, "4", (await SignedIn(app)).Access);
        var strong = TestTokens.Of(await app.Respond(
            challenge, "ana", ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code())));

        foreach (var level in (string[])["1", "3", "4"])
        {
            Assert.Equal("SELECT_CHALLENGE", TestApp.Outcome(await Start(app, level, strong.Access)));
        }
    }

    [Theory]
    [InlineData(60, "60", "SOFTWARE_TOKEN_MFA")]
    [InlineData(61, "60", "SELECT_CHALLENGE")]
    [InlineData(0, "0", "SOFTWARE_TOKEN_MFA")]
    [InlineData(1, "0", "SELECT_CHALLENGE")]
    [InlineData(0, "-1", "InvalidParameterException: Invalid MAX_AGE.")]
    [InlineData(0, "1.5", "InvalidParameterException: Invalid MAX_AGE.")]
    [InlineData(0, "99999999999", "InvalidParameterException: Invalid MAX_AGE.")]
    public async Task What_was_proved_too_long_ago_counts_for_nothing(
        int seconds, string age, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Ana(world);
        var token = (await SignedIn(app)).Access;
        world.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, TestApp.Outcome(await Start(app, "4", token, ("MAX_AGE", age))));
    }

    [Theory]
    [InlineData("urn:nobody", "InvalidParameterException: Invalid TARGET_ACR_VALUES.")]
    [InlineData("urn:nobody urn:cognito:loa:4", "SOFTWARE_TOKEN_MFA")]
    [InlineData(null, "InvalidParameterException: ACCESS_TOKEN requires TARGET_ACR_VALUES.")]
    public async Task Levels_must_be_named(string? names, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Ana(world);
        var token = (await SignedIn(app)).Access;
        (string, string)[] target = names is null ? [] : [("TARGET_ACR_VALUES", names)];

        var answer = await app.Start("ana", null, [("ACCESS_TOKEN", token), .. target]);

        Assert.Equal(expected, TestApp.Outcome(answer));
    }

    [Fact]
    public async Task A_token_of_somebody_else_tells_nothing_of_a_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Ana(world);
        var token = (await SignedIn(app)).Access;
        await app.Pool.ConfirmedUser("ben", "ben@example.com");

        Assert.Equal(Foreign, await Outcome("ben", token));
        Assert.Equal(Foreign, await Outcome("nobody", token));
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token", await Outcome("ana", token[..^4] + "AAAA"));

        async Task<string> Outcome(string name, string access) => TestApp.Outcome(await app.Start(
            name, null, ("TARGET_ACR_VALUES", Level + 4), ("ACCESS_TOKEN", access)));
    }

    [Fact]
    public async Task A_revoked_token_stands_in_for_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Ana(world);
        var token = (await SignedIn(app)).Access;
        await world.Must("GlobalSignOut", new { AccessToken = token });

        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked",
            TestApp.Outcome(await Start(app, "4", token)));
    }

    [Fact]
    public async Task A_level_out_of_reach_leaves_an_ordinary_sign_in_whose_tokens_tell()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "p"));
        await app.Pool.ConfirmedUser("ana");

        var answer = await app.Choose(
            await Start(app, "4"), "ana", "PASSWORD", ("PASSWORD", TestPool.Password));

        Assert.Equal((Level + 1, "pwd"), Told(TestTokens.Of(answer).IdClaims));
    }

    [Fact]
    public async Task A_passkey_reaches_the_third_level()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new ChoiceApp(world, await PasskeyPools.Create(world, "pw"));
        var authenticator = await world.UserWithPasskey(app.Pool, "ana", world.Steady());

        var choice = await Start(app, "3");
        var challenge = await app.Choose(choice, "ana", "WEB_AUTHN");
        var answer = await app.Respond(
            challenge, "ana", ("CREDENTIAL", ChoiceApp.Credential(challenge, authenticator)));

        Assert.Equal("WEB_AUTHN", ChoiceApp.Offered(choice));
        Assert.Equal(Level + 3, Told(TestTokens.Of(answer).IdClaims).Level);
    }

    /// <summary>A user of passwords and codes by e-mail, with an authenticator that is not switched
    /// on.</summary>
    private static async Task<(ChoiceApp App, Authenticator Authenticator)> Ana(World world)
    {
        var app = new ChoiceApp(world, await PasskeyPools.Create(
            world, "pe", client: new { PreventUserExistenceErrors = "ENABLED" }));
        await world.Must("SetUserPoolMfaConfig", new
        {
            UserPoolId = app.Pool.Id,
            MfaConfiguration = "OPTIONAL",
            SoftwareTokenMfaConfiguration = new { Enabled = true },
        });
        await app.Pool.ConfirmedUser("ana", "ana@example.com");
        return (app, await Authenticator.Verified(world, await app.Pool.AccessTokenOf("ana")));
    }

    /// <summary>The tokens of a password, asked for with their level.</summary>
    private static async Task<TestTokens> SignedIn(ChoiceApp app) => TestTokens.Of(await app.Start(
        "ana", "PASSWORD", ("PASSWORD", TestPool.Password), ("TARGET_ACR_VALUES", Level + 1)));

    /// <summary>The tokens of a code by e-mail, asked for with their level.</summary>
    private static async Task<TestTokens> ByCode(
        ChoiceApp app, World world, params (string Name, string Value)[] more)
    {
        var challenge = await app.Start(
            "ana", "EMAIL_OTP", [("TARGET_ACR_VALUES", Level + 2), .. more]);
        return TestTokens.Of(await app.Respond(
            challenge, "ana", ("EMAIL_OTP_CODE", world.LastEmailCode())));
    }

    private static Task<Answer> Start(
        ChoiceApp app, string level, string? token = null, params (string Name, string Value)[] more) =>
        app.Start(
            "ana",
            null,
            [
                ("TARGET_ACR_VALUES", Level + level),
                .. token is null ? ((string, string)[])[] : [("ACCESS_TOKEN", token)],
                .. more,
            ]);

    private static (string Level, string Methods) Told(JsonObject claims) => (
        claims["acr"]!.GetValue<string>(),
        string.Join(' ', claims["amr"]!.AsArray().Select(each => each!.GetValue<string>())));
}
