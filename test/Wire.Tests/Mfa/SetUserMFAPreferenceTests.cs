using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Mfa;

public sealed class SetUserMFAPreferenceTests
{
    private const string NoDelivery =
        "InvalidParameterException: User does not have delivery config set to turn on ";

    [Theory, EachDatabase]
    public async Task Switches_factors_on_and_off_and_says_which_comes_first(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, accessToken) = await SignedIn(world);
        world.Transcript.Clear();

        await Set(world, accessToken, "sms=on;token=on;email=on");
        await world.Call("GetUser", new { AccessToken = accessToken });
        await Set(world, accessToken, "token=preferred");
        await world.Admin(pool, "AdminGetUser", "ana");
        await Set(world, accessToken, "sms=off;token=off");
        await world.Call("GetUser", new { AccessToken = accessToken });

        world.Transcript.ShouldMatchApproved();
    }

    // Before; change (each factor: on, off, preferred, not preferred, only preferred) -> after, the preferred
    // one in capitals, or the refusal's type.
    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "sms=on", "sms")]
    [InlineData("", "sms=preferred", "SMS")]
    [InlineData("sms=on", "sms=only preferred", "SMS")]
    [InlineData("", "sms=only preferred", "InvalidParameterException")]
    [InlineData("sms=preferred", "token=preferred", "sms TOKEN")]
    [InlineData("sms=preferred", "token=on", "SMS token")]
    [InlineData("sms=preferred", "sms=not preferred", "sms")]
    [InlineData("sms=preferred", "token=not preferred", "SMS token")]
    [InlineData("sms=preferred;token=on", "sms=off", "token")]
    [InlineData("sms=preferred;token=on", "sms=off;token=off", "")]
    [InlineData("email=preferred", "email=off", "")]
    [InlineData("", "sms=off", "")]
    [InlineData("", "sms=preferred;token=preferred", "InvalidParameterException")]
    [InlineData("token=preferred", "sms=off;email=on", "TOKEN email")]
    [InlineData("", "email=on;token=on;sms=on", "sms token email")]
    [InlineData("token=on", "token=disabled but preferred", "InvalidParameterException")]
    public async Task Follows_the_table(string before, string change, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await SignedIn(world);
        if (before.Length > 0) Assert.Equal("200", await Set(world, accessToken, before));

        var outcome = await Set(world, accessToken, change);

        var seen = await Seen(world, accessToken);
        if (outcome == "200") Assert.Equal(expected, seen);
        else Assert.StartsWith(expected, outcome, StringComparison.Ordinal);
    }

    // What the user lacks, or the pool.
    [Theory]
    [InlineData("ste", "te", "sms=on", "SMS_MFA")]
    [InlineData("ste", "se", "token=on", "SOFTWARE_TOKEN_MFA")]
    [InlineData("ste", "st", "email=on", "EMAIL_OTP")]
    [InlineData("te", "ste", "sms=on", "SMS_MFA")]
    [InlineData("st", "ste", "email=preferred", "EMAIL_OTP")]
    public async Task Switches_nothing_on_that_could_not_be_asked_for(
        string offers, string has, string change, string factor)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await SignedIn(world, offers, has);

        var refusal = await world.LeavesNothing(
            () => world.Call("SetUserMFAPreference", Request(accessToken, change)));

        Assert.Equal(NoDelivery + factor, refusal);
    }

    [Fact]
    public async Task A_secret_that_was_handed_out_is_not_yet_an_authenticator()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await SignedIn(world, "t", "");
        await world.Must("AssociateSoftwareToken", new { AccessToken = accessToken });

        Assert.Equal(NoDelivery + "SOFTWARE_TOKEN_MFA", await Set(world, accessToken, "token=on"));
    }

    [Fact]
    public async Task Switched_off_an_authenticator_is_kept()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, accessToken) = await SignedIn(world, "t", "t");
        await Set(world, accessToken, "token=on");
        await Set(world, accessToken, "token=off");

        Assert.Equal("200", await Set(world, accessToken, "token=on"));
    }

    [Fact]
    public async Task In_a_pool_that_demands_a_factor_none_is_switched_off()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await SignedIn(world, "st", "st");
        await Set(world, accessToken, "token=on");
        await world.Must("SetUserPoolMfaConfig", new { UserPoolId = pool.Id, MfaConfiguration = "ON" });

        const string Refusal =
            "InvalidParameterException: MFA methods cannot be turned off, since the user pool requires MFA.";
        foreach (var change in (string[])["token=off", "sms=on;token=off", "sms=preferred;token=off"])
            Assert.Equal(Refusal, await Set(world, accessToken, change));

        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(await pool.SignIn("ana")));
        // What is off may be said to be off, and what is asked for first may change.
        Assert.Equal("200", await Set(world, accessToken, "sms=off"));
        Assert.Equal("200", await Set(world, accessToken, "sms=on"));
    }

    // FactorConfiguration; other factors; change -> after.
    [Theory]
    [InlineData("MULTI_FACTOR_WITH_USER_VERIFICATION", "token=on", "key=on", "token key")]
    [InlineData("MULTI_FACTOR_WITH_USER_VERIFICATION", "", "key=on;token=on", "token key")]
    [InlineData("MULTI_FACTOR_WITH_USER_VERIFICATION", "", "key=on", "InvalidParameterException")]
    [InlineData("SINGLE_FACTOR", "token=on", "key=on", "InvalidParameterException")]
    [InlineData("MULTI_FACTOR_WITH_USER_VERIFICATION", "token=on;key=on", "key=off", "token")]
    [InlineData("MULTI_FACTOR_WITH_USER_VERIFICATION", "token=on;key=on", "token=off", "")]
    [InlineData("MULTI_FACTOR_WITH_USER_VERIFICATION", "token=on;key=on", "sms=on;token=off", "sms key")]
    public async Task Passkeys_count_beside_another_factor(
        string configuration, string before, string change, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await SignedIn(world);
        await world.Must(
            "SetUserPoolMfaConfig",
            new
            {
                UserPoolId = pool.Id,
                WebAuthnConfiguration = new { FactorConfiguration = configuration },
            });
        if (before.Length > 0) Assert.Equal("200", await Set(world, accessToken, before));

        var outcome = await Set(world, accessToken, change);

        if (outcome == "200") Assert.Equal(expected, await Seen(world, accessToken));
        else Assert.StartsWith(expected, outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset", "PasswordResetRequiredException: Password reset required for the user")]
    [InlineData("deleted", "UserNotFoundException: User does not exist.")]
    [InlineData("forged", "NotAuthorizedException: Invalid Access Token")]
    public async Task Looks_at_the_token(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, accessToken) = await SignedIn(world);
        if (fate == "reset") await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        if (fate == "deleted") await world.Admin(pool, "AdminDeleteUser", "ana");
        if (fate == "forged") accessToken = "e30.e30.e30";

        Assert.Equal(expected, await Set(world, accessToken, "sms=on"));
    }

    /// <summary>A signed-in user with contacts and an authenticator as letters say.</summary>
    internal static async Task<(TestPool Pool, string AccessToken)> SignedIn(
        World world, string offers = "ste", string has = "ste")
    {
        var pool = await MfaPools.Create(world, "OPTIONAL", offers);
        await pool.ConfirmedUser(
            "ana",
            email: has.Contains('e') ? "ana@example.com" : null,
            phone: has.Contains('s') ? "+15551230000" : null);
        var accessToken = await pool.AccessTokenOf("ana");
        if (!has.Contains('t')) return (pool, accessToken);
        var isOffered = offers.Contains('t');
        if (!isOffered) await SetToken(world, pool, enabled: true);
        await Authenticator.Verified(world, accessToken);
        if (!isOffered) await SetToken(world, pool, enabled: false);
        return (pool, accessToken);
    }

    /// <summary>The blocks of a request: <c>sms=on;token=preferred</c>.</summary>
    internal static JsonObject Blocks(string change)
    {
        var request = new JsonObject();
        foreach (var part in change.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (factor, value) = (part.Split('=')[0], part.Split('=')[1]);
            request[Member(factor)] = value switch
            {
                "on" => new JsonObject { ["Enabled"] = true },
                "off" => new JsonObject { ["Enabled"] = false },
                "preferred" => new JsonObject { ["Enabled"] = true, ["PreferredMfa"] = true },
                "only preferred" => new JsonObject { ["PreferredMfa"] = true },
                "disabled but preferred" => new JsonObject { ["Enabled"] = false, ["PreferredMfa"] = true },
                _ => new JsonObject { ["Enabled"] = true, ["PreferredMfa"] = false },
            };
        }

        return request;
    }

    private static async Task<string> Set(World world, string accessToken, string change) =>
        (await world.Call("SetUserMFAPreference", Request(accessToken, change))).ToString();

    private static JsonObject Request(string accessToken, string change)
    {
        var request = Blocks(change);
        request["AccessToken"] = accessToken;
        return request;
    }

    private static async Task<string> Seen(World world, string accessToken)
    {
        var user = await world.Must("GetUser", new { AccessToken = accessToken });
        var preferred = user["PreferredMfaSetting"]?.GetValue<string>();
        return string.Join(' ', (user["UserMFASettingList"]?.AsArray() ?? []).Select(factor =>
        {
            var word = factor!.GetValue<string>() switch
            {
                "SMS_MFA" => "sms",
                "SOFTWARE_TOKEN_MFA" => "token",
                "EMAIL_OTP" => "email",
                _ => "key",
            };
            return factor.GetValue<string>() == preferred ? word.ToUpperInvariant() : word;
        }));
    }

    private static Task<Answer> SetToken(World world, TestPool pool, bool enabled) => world.Must(
        "SetUserPoolMfaConfig",
        new { UserPoolId = pool.Id, SoftwareTokenMfaConfiguration = new { Enabled = enabled } });

    private static string Member(string factor) => factor switch
    {
        "sms" => "SMSMfaSettings",
        "token" => "SoftwareTokenMfaSettings",
        "email" => "EmailMfaSettings",
        _ => "WebAuthnMfaSettings",
    };
}
