using System.Text.Json.Nodes;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class SetUserPoolMfaConfigTests
{
    private const string NoFactors = "InvalidParameterException: "
        + "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.";
    private const string OffWithFactors = "InvalidParameterException: "
        + "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.";

    [Theory, EachDatabase]
    public async Task Sets_one_factor_after_the_other(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await Set(
            world,
            pool,
            """{"SoftwareTokenMfaConfiguration":{"Enabled":true},"MfaConfiguration":"OPTIONAL"}""");
        await Set(
            world,
            pool,
            """
            {"SmsMfaConfiguration":{"SmsAuthenticationMessage":"Code {####}",
              "SmsConfiguration":{"SnsCallerArn":"arn:aws:iam::000000000000:role/sms","ExternalId":"x"}},
             "EmailMfaConfiguration":{"Message":"Code {####}","Subject":"Code"}}
            """);
        await Set(
            world,
            pool,
            """
            {"WebAuthnConfiguration":{"RelyingPartyId":"login.example.com","UserVerification":"required",
              "FactorConfiguration":"MULTI_FACTOR_WITH_USER_VERIFICATION"},"MfaConfiguration":"ON"}
            """);
        await Set(world, pool, """{"SoftwareTokenMfaConfiguration":{"Enabled":false}}""");
        await Set(world, pool, """{"MfaConfiguration":"OFF"}""");
        await world.Call("GetUserPoolMfaConfig", new { UserPoolId = pool.Id });
        await world.Call("DescribeUserPool", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    // What the pool was created with; the request -> outcome.
    [Theory]
    [InlineData("{}", """{"MfaConfiguration":"ON"}""", NoFactors)]
    [InlineData("{}", """{"MfaConfiguration":"OPTIONAL"}""", NoFactors)]
    [InlineData(
        "{}", """{"MfaConfiguration":"ON","SoftwareTokenMfaConfiguration":{"Enabled":false}}""", NoFactors)]
    [InlineData("{}", """{"MfaConfiguration":"ON","SoftwareTokenMfaConfiguration":{}}""", NoFactors)]
    [InlineData(
        "{}", """{"MfaConfiguration":"ON","WebAuthnConfiguration":{"RelyingPartyId":"a.b"}}""", NoFactors)]
    [InlineData("{}", """{"MfaConfiguration":"OFF"}""", "200")]
    [InlineData("{}", "{}", "200")]
    [InlineData(
        "{}",
        """{"MfaConfiguration":"OFF","SoftwareTokenMfaConfiguration":{"Enabled":true}}""",
        OffWithFactors)]
    [InlineData("{}", """{"MfaConfiguration":"OFF","EmailMfaConfiguration":{}}""", OffWithFactors)]
    [InlineData("SMS", """{"MfaConfiguration":"OFF","SmsMfaConfiguration":{}}""", OffWithFactors)]
    [InlineData("{}", """{"SoftwareTokenMfaConfiguration":{"Enabled":true}}""", OffWithFactors)]
    [InlineData("{}", """{"SoftwareTokenMfaConfiguration":{"Enabled":false}}""", "200")]
    [InlineData(
        "{}", """{"MfaConfiguration":"OFF","SoftwareTokenMfaConfiguration":{"Enabled":false}}""", "200")]
    [InlineData("{}", """{"WebAuthnConfiguration":{"RelyingPartyId":"example.com"}}""", "200")]
    [InlineData(
        "{}", """{"MfaConfiguration":"OFF","WebAuthnConfiguration":{"RelyingPartyId":"localhost"}}""", "200")]
    // The pool sends text messages already, and cannot but offer them.
    [InlineData("SMS", """{"MfaConfiguration":"ON"}""", "200")]
    [InlineData("SMS", """{"MfaConfiguration":"OPTIONAL","SmsMfaConfiguration":{}}""", "200")]
    [InlineData("{}", """{"MfaConfiguration":"ON","SmsMfaConfiguration":{}}""", "InvalidParameterException")]
    [InlineData("{}", """{"MfaConfiguration":"ON","EmailMfaConfiguration":{}}""", "200")]
    public async Task Holds_the_factors_together(string settings, string request, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, settings == "SMS" ? MfaPools.Sms("OFF") : JsonNode.Parse(settings));

        Assert.StartsWith(
            expected, (await Set(world, pool, request)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"SnsCallerArn":"arn:aws:iam::000000000000:role/sms"}""", "200")]
    [InlineData(
        """{"SnsCallerArn":"arn:aws:sns:us-east-1:000000000000:no-role"}""",
        "InvalidSmsRoleTrustRelationshipException: "
        + "Role does not have a trust relationship allowing Cognito to assume the role")]
    [InlineData(
        """{"SnsCallerArn":"short"}""",
        "InvalidParameterException: 2 validation errors detected: ")]
    public async Task Takes_a_role_for_SMS(string sms, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var request = $$$"""{"MfaConfiguration":"ON","SmsMfaConfiguration":{"SmsConfiguration":{{{sms}}}}}""";

        var answer = await Set(world, pool, request);

        Assert.StartsWith(expected, answer.ToString(), StringComparison.Ordinal);
        if (!answer.IsSuccess) return;
        var shown = answer["SmsMfaConfiguration"]!["SmsConfiguration"]!;
        Assert.Equal("us-east-1", shown["SnsRegion"]!.GetValue<string>());
        var described = await world.Must("DescribeUserPool", new { UserPoolId = pool.Id });
        Assert.True(JsonNode.DeepEquals(shown, described["UserPool"]!["SmsConfiguration"]));
    }

    // First factors of the pool -> outcome of a request that demands MFA.
    [Theory]
    [InlineData("PASSWORD", "SINGLE_FACTOR", "200")]
    [InlineData(
        "PASSWORD,EMAIL_OTP",
        "SINGLE_FACTOR",
        "InvalidParameterException: "
        + "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled")]
    [InlineData(
        "PASSWORD,WEB_AUTHN",
        "SINGLE_FACTOR",
        "InvalidParameterException: "
        + "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA.")]
    [InlineData("PASSWORD,WEB_AUTHN", "MULTI_FACTOR_WITH_USER_VERIFICATION", "200")]
    public async Task Required_MFA_must_fit_the_first_factors(
        string factors, string passkeys, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new { Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = factors.Split(',') } } });

        var answer = await world.Call(
            "SetUserPoolMfaConfig",
            new
            {
                UserPoolId = pool.Id,
                MfaConfiguration = "ON",
                SoftwareTokenMfaConfiguration = new { Enabled = true },
                WebAuthnConfiguration = new { FactorConfiguration = passkeys },
            });

        Assert.Equal(expected, answer.ToString());
    }

    [Theory]
    [InlineData("""{"MfaConfiguration":"ON","EmailMfaConfiguration":{}}""", "Email MFA")]
    [InlineData(
        """{"WebAuthnConfiguration":{"FactorConfiguration":"MULTI_FACTOR_WITH_USER_VERIFICATION"}}""",
        "Passkey MFA")]
    public async Task The_small_plan_has_not_everything(string request, string feature)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { UserPoolTier = "LITE" });

        Assert.Equal(
            "FeatureUnavailableInTierException: "
            + "The following features need to be disabled for the LITE pricing "
            + $"tier configured: {feature}",
            (await Set(world, pool, request)).ToString());
    }

    [Theory]
    [InlineData("not a domain")]
    [InlineData("https://example.com")]
    [InlineData("192.0.2.1")]
    public async Task A_relying_party_is_a_domain(string id)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await world.Call(
            "SetUserPoolMfaConfig",
            new { UserPoolId = pool.Id, WebAuthnConfiguration = new { RelyingPartyId = id } });

        // The words are not known; only the type is.
        Assert.Equal("InvalidParameterException", answer.Code);
    }

    [Fact]
    public async Task Refuses_texts_without_a_place_for_the_code()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await Set(
            world,
            pool,
            """
            {"EmailMfaConfiguration":{"Message":"no code"},
             "SmsMfaConfiguration":{"SmsAuthenticationMessage":"none"}}
            """);

        Assert.StartsWith(
            "InvalidParameterException: 3 validation errors detected: ",
            answer.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_kept_by_an_update_of_the_pool_and_lets_it_keep_MFA()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await Set(
            world,
            pool,
            """
            {"SoftwareTokenMfaConfiguration":{"Enabled":true},"EmailMfaConfiguration":{"Subject":"S"},
             "WebAuthnConfiguration":{"RelyingPartyId":"example.com"},"MfaConfiguration":"ON"}
            """);
        var before = await world.Must("GetUserPoolMfaConfig", new { UserPoolId = pool.Id });

        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, MfaConfiguration = "ON" });
        var after = await world.Must("GetUserPoolMfaConfig", new { UserPoolId = pool.Id });
        Assert.True(JsonNode.DeepEquals(before.Body, after.Body));

        // Left out, MFA goes back to its default; the factors do not.
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id });
        after = await world.Must("GetUserPoolMfaConfig", new { UserPoolId = pool.Id });
        Assert.Equal("OFF", after["MfaConfiguration"]!.GetValue<string>());
        Assert.True(after["SoftwareTokenMfaConfiguration"]!["Enabled"]!.GetValue<bool>());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_changes_at_once_each_counts_or_is_told(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            12, "SetUserPoolMfaConfig", _ => new { UserPoolId = pool.Id, MfaConfiguration = "OFF" });

        var counted = answers["200"];
        Assert.Equal(12, counted + answers.GetValueOrDefault("ConcurrentModificationException"));
        var stored = await world.Get<PoolStore>().Get(pool.Id, CancellationToken.None);
        Assert.Equal(counted, stored.Version);
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Call(
            "SetUserPoolMfaConfig", new { UserPoolId = "us-east-1_Nowhere00", MfaConfiguration = "OFF" });

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.", answer.ToString());
    }

    private static Task<Answer> Set(World world, TestPool pool, string members)
    {
        var request = JsonNode.Parse(members)!.AsObject();
        request["UserPoolId"] = pool.Id;
        return world.Call("SetUserPoolMfaConfig", request);
    }
}
