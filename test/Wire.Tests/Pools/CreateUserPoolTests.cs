using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class CreateUserPoolTests
{
    [Theory, EachDatabase]
    public async Task Creates_a_pool_with_defaults_and_two_keys(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);

        await world.Call("CreateUserPool", new { PoolName = "Riverside club" });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Keeps_everything_it_is_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var created = (await world.Must("CreateUserPool", PoolSettings.Everything))["UserPool"]!.AsObject();

        PoolSettings.ShouldHold(created, PoolSettings.Everything, except: ["PoolName", "Schema"]);
        Assert.Equal("everything", created["Name"]!.GetValue<string>());
        Assert.Equal("COGNITO_DEFAULT", created["EmailConfiguration"]!.Text("EmailSendingAccount"));
        var described = await world.Must(
            "DescribeUserPool", new { UserPoolId = created["Id"]!.GetValue<string>() });
        Assert.True(JsonNode.DeepEquals(created, described["UserPool"]));
    }

    // Request members as JSON -> members of the answer as JSON.
    [Theory]
    [InlineData(
        """{"Policies":{"PasswordPolicy":{"MinimumLength":12}}}""",
        """
        {"Policies":{"PasswordPolicy":{"MinimumLength":12,"RequireUppercase":false,"RequireLowercase":false,
          "RequireNumbers":false,"RequireSymbols":false,"TemporaryPasswordValidityDays":7},
          "SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}}}
        """)]
    [InlineData(
        """{"Policies":{"PasswordPolicy":{"TemporaryPasswordValidityDays":1}}}""",
        """{"AdminCreateUserConfig":{"AllowAdminCreateUserOnly":false,"UnusedAccountValidityDays":1}}""")]
    [InlineData(
        """{"AdminCreateUserConfig":{"AllowAdminCreateUserOnly":true,"UnusedAccountValidityDays":3}}""",
        """{"AdminCreateUserConfig":{"AllowAdminCreateUserOnly":true,"UnusedAccountValidityDays":3}}""")]
    [InlineData(
        """{"EmailVerificationMessage":"Code {####}","EmailVerificationSubject":"Hi"}""",
        """
        {"VerificationMessageTemplate":{"EmailMessage":"Code {####}","EmailSubject":"Hi",
          "DefaultEmailOption":"CONFIRM_WITH_CODE"}}
        """)]
    [InlineData(
        """{"VerificationMessageTemplate":{"SmsMessage":"Code {####}"}}""",
        """{"SmsVerificationMessage":"Code {####}"}""")]
    [InlineData(
        """{"LambdaConfig":{"PreTokenGeneration":"arn:aws:lambda:us-east-1:000000000000:function:t"}}""",
        """
        {"LambdaConfig":{"PreTokenGeneration":"arn:aws:lambda:us-east-1:000000000000:function:t",
          "PreTokenGenerationConfig":{"LambdaVersion":"V1_0",
          "LambdaArn":"arn:aws:lambda:us-east-1:000000000000:function:t"}}}
        """)]
    [InlineData("""{"UserPoolAddOns":{"AdvancedSecurityMode":"AUDIT"}}""", """{"UserPoolTier":"PLUS"}""")]
    [InlineData("""{"UserPoolTier":"LITE"}""", """{"UserPoolTier":"LITE"}""")]
    [InlineData("""{"AccountRecoverySetting":{}}""", """{"AccountRecoverySetting":null}""")]
    public async Task Fills_in_what_hangs_together(string given, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var request = JsonNode.Parse(given)!.AsObject();
        request["PoolName"] = "test";

        var pool = (await world.Must("CreateUserPool", request))["UserPool"]!;

        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(
                JsonNode.DeepEquals(value, pool[name]), $"{name}: {pool[name]?.ToJsonString()} <> {value}");
        }
    }

    [Fact]
    public async Task Prefixes_custom_attributes_and_keeps_their_order_after_the_standard_ones()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var schema = new object[]
        {
            new { Name = "plan", AttributeDataType = "String" },
            new { Name = "email", Required = true, Mutable = false },
            new { Name = "note", AttributeDataType = "String", DeveloperOnlyAttribute = true },
        };

        var answer = await world.Must("CreateUserPool", new { PoolName = "test", Schema = schema });
        var pool = answer["UserPool"]!;

        var all = pool["SchemaAttributes"]!.AsArray();
        Assert.Equal(22, all.Count);
        Assert.Equal(["custom:plan", "dev:custom:note"], all.TakeLast(2).Select(Name));
        var email = all.Single(attribute => Name(attribute) == "email")!;
        Assert.True(email["Required"]!.GetValue<bool>());
        Assert.False(email["Mutable"]!.GetValue<bool>());

        static string Name(JsonNode? attribute) => attribute!["Name"]!.GetValue<string>();
    }

    public static readonly TheoryData<string, string> Refused = new()
    {
        {
            """{"AliasAttributes":["email"],"UsernameAttributes":["email"]}""",
            "InvalidParameterException: Only one of the aliasAttributes or usernameAttributes can be set "
            + "in a User pool."
        },
        {
            """
            {"AliasAttributes":["preferred_username"],
              "Schema":[{"Name":"preferred_username","AttributeDataType":"String","Required":true}]}
            """,
            "InvalidParameterException"
        },
        {
            """{"AutoVerifiedAttributes":["phone_number"]}""",
            "InvalidParameterException: SMS configuration is required when phone_number is selected for auto "
            + "verification"
        },
        {
            """{"MfaConfiguration":"ON"}""",
            "InvalidParameterException: SMS configuration and Auto verification for phone_number are "
            + "required when MFA is required/optional"
        },
        {
            """{"MfaConfiguration":"OPTIONAL"}""",
            "InvalidParameterException: SMS configuration and Auto verification for phone_number are "
            + "required when MFA is required/optional"
        },
        {
            """{"UserAttributeUpdateSettings":{"AttributesRequireVerificationBeforeUpdate":["email"]}}""",
            "InvalidParameterException: All attributes in AttributesRequireVerificationBeforeUpdate must "
            + "exist in AutoVerifiedAttributes"
        },
        {
            """
            {"EmailVerificationMessage":"a {####}",
              "VerificationMessageTemplate":{"EmailMessage":"b {####}"}}
            """,
            "InvalidParameterException"
        },
        {
            """
            {"Policies":{"PasswordPolicy":{"TemporaryPasswordValidityDays":1}},
              "AdminCreateUserConfig":{"UnusedAccountValidityDays":2}}
            """,
            "InvalidParameterException: Please use TemporaryPasswordValidityDays in PasswordPolicy "
            + "instead of UnusedAccountValidityDays"
        },
        {
            """
            {"LambdaConfig":{"PreTokenGeneration":"arn:aws:lambda:us-east-1:000000000000:function:a",
              "PreTokenGenerationConfig":{"LambdaVersion":"V1_0",
              "LambdaArn":"arn:aws:lambda:us-east-1:000000000000:function:b"}}}
            """,
            "InvalidParameterException"
        },
        {
            """
            {"LambdaConfig":{"CustomEmailSender":{"LambdaVersion":"V1_0",
              "LambdaArn":"arn:aws:lambda:us-east-1:000000000000:function:a"}}}
            """,
            "InvalidParameterException"
        },
        {
            """
            {"AccountRecoverySetting":{"RecoveryMechanisms":[{"Name":"admin_only","Priority":1},
              {"Name":"verified_email","Priority":2}]}}
            """,
            "InvalidParameterException"
        },
        {
            """
            {"AccountRecoverySetting":{"RecoveryMechanisms":[{"Name":"verified_phone_number","Priority":1},
              {"Name":"verified_email","Priority":1}]}}
            """,
            "InvalidParameterException"
        },
        {
            """{"UserPoolTier":"ESSENTIALS","UserPoolAddOns":{"AdvancedSecurityMode":"ENFORCED"}}""",
            "FeatureUnavailableInTierException: The following features need to be disabled for the "
            + "ESSENTIALS pricing tier configured: Threat Protection"
        },
        {
            """
            {"UserPoolTier":"LITE",
              "Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}}
            """,
            "FeatureUnavailableInTierException: The following features need to be disabled for the LITE "
            + "pricing tier configured: Passwordless Sign-In"
        },
        {
            """
            {"UserPoolTier":"LITE","LambdaConfig":{"PreTokenGenerationConfig":
              {"LambdaVersion":"V2_0","LambdaArn":"arn:aws:lambda:us-east-1:000000000000:function:a"}}}
            """,
            "FeatureUnavailableInTierException: The following features need to be disabled for the LITE "
            + "pricing tier configured: Token Customization with Pre-Token Generation Lambda V2_0"
        },
        {
            """{"Schema":[{"Name":"plan","AttributeDataType":"String","Required":true}]}""",
            "InvalidParameterException: Required custom attributes are not supported currently."
        },
        {
            """
            {"Schema":[{"Name":"plan","AttributeDataType":"String"},
              {"Name":"plan","AttributeDataType":"Number"}]}
            """,
            "InvalidParameterException: custom:plan: Existing attribute already has name custom:plan."
        },
        {
            """
            {"MfaConfiguration":"ON","SmsConfiguration":{"SnsCallerArn":"arn:aws:iam::000000000000:role/sms"},
              "Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}}
            """,
            "InvalidParameterException: Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an "
            + "auth factor if MFA is enabled"
        },
        {
            """{"UserPoolTags":{"aws:reserved":"x"}}""", "UserPoolTaggingException"
        },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Refuses_what_cannot_be_together_and_creates_nothing(string given, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var request = JsonNode.Parse(given)!.AsObject();
        request["PoolName"] = "test";

        var answer = await world.Call("CreateUserPool", request);

        if (expected.Contains(':', StringComparison.Ordinal)) Assert.Equal(expected, answer.ToString());
        else Assert.Equal(expected, answer.Code);
        Assert.Equal(2, world.Transcript.ToString().TrimEnd('\n').Split('\n').Length);
    }

    // The contract's bounds come before the rules: one violation each, in the service's words.
    [Theory]
    [InlineData("{}", "Value null at 'poolName' failed to satisfy constraint: Member must not be null")]
    [InlineData(
        """{"PoolName":"a/b"}""",
        @"Value 'a/b' at 'poolName' failed to satisfy constraint: "
        + @"Member must satisfy regular expression pattern: [\w\s+=,.@-]+")]
    [InlineData(
        """{"PoolName":"a","MfaConfiguration":"SOMETIMES"}""",
        "Value 'SOMETIMES' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum "
        + "value set: ")]
    [InlineData(
        """{"PoolName":"a","Policies":{"PasswordPolicy":{"MinimumLength":5}}}""",
        "Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: "
        + "Member must have value greater than or equal to 6")]
    [InlineData(
        """{"PoolName":"a","AliasAttributes":["fax"]}""",
        "Value '[fax]' at 'aliasAttributes' failed to satisfy constraint: "
        + "Member must satisfy constraint: [Member must satisfy enum value set: ")]
    public async Task Refuses_what_breaks_the_contract(string request, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Call("CreateUserPool", JsonNode.Parse(request)!);

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected: " + expected,
            answer.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_need_not_differ_but_ids_do()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var ids = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var pool = (await world.Must("CreateUserPool", new { PoolName = "same" }))["UserPool"]!;
            ids.Add(pool["Id"]!.GetValue<string>());
        }

        Assert.Equal(3, ids.Count);
        Assert.All(ids, id => Assert.Matches("^us-east-1_[0-9a-zA-Z]{9}$", id));
    }
}
