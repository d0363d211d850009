using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class UpdateUserPoolTests
{
    [Theory, EachDatabase]
    public async Task Replaces_the_configuration(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { DeletionProtection = "ACTIVE" });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await world.Call(
            "UpdateUserPool",
            new
            {
                UserPoolId = pool.Id,
                PoolName = "renamed",
                Policies = new { PasswordPolicy = new { MinimumLength = 20 } },
            });
        await world.Call("DescribeUserPool", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Puts_back_to_the_default_what_is_left_out()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var plain = (await world.Must("CreateUserPool", new { PoolName = "plain" }))["UserPool"]!.AsObject();
        // The settings for attribute updates are kept, and would miss what they need.
        var everything = PoolSettings.Everything.With(("UserAttributeUpdateSettings", null));
        var full = (await world.Must("CreateUserPool", everything))["UserPool"]!;

        await world.Must("UpdateUserPool", new { UserPoolId = full.Text("Id") });

        var after = (await PoolSettings.Describe(world, full.Text("Id"))).AsObject();
        // These can never change, or keep their value when left out.
        string[] kept =
        [
            "Id", "Arn", "Name", "SchemaAttributes", "AliasAttributes", "UsernameAttributes",
            "UsernameConfiguration", "UserPoolTier", "CreationDate",
        ];
        foreach (var name in kept)
            PoolSettings.ShouldBe(full[name], after[name], name);
        var names = after.Select(pair => pair.Key).Union(plain.Select(pair => pair.Key)).Except(kept);
        foreach (var name in names)
            PoolSettings.ShouldBe(plain[name], after[name], name);
    }

    [Fact]
    public async Task Takes_everything_that_can_be_changed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var id = (await world.Must("CreateUserPool", new { PoolName = "plain" }))["UserPool"]!.Text("Id");
        var given = PoolSettings.Everything.With(("UserPoolId", id));

        await world.Must("UpdateUserPool", given);

        var after = await PoolSettings.Describe(world, id);
        PoolSettings.ShouldHold(
            after,
            PoolSettings.Everything,
            "PoolName", "Schema", "AliasAttributes", "UsernameConfiguration");
        Assert.Equal("everything", after.Text("Name"));
        // Not members of this request.
        Assert.Null(after["AliasAttributes"]);
        Assert.Null(after["UsernameConfiguration"]);
        Assert.Equal(20, after["SchemaAttributes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Turns_MFA_off_where_it_is_left_out()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var sms = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" };
        var pool = await TestPool.Create(
            world, new { MfaConfiguration = "OPTIONAL", SmsConfiguration = sms });

        await world.Must(
            "UpdateUserPool",
            new { UserPoolId = pool.Id, MfaConfiguration = "OPTIONAL", SmsConfiguration = sms });
        Assert.Equal("OPTIONAL", (await PoolSettings.Describe(world, pool.Id)).Text("MfaConfiguration"));

        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, SmsConfiguration = sms });
        Assert.Equal("OFF", (await PoolSettings.Describe(world, pool.Id)).Text("MfaConfiguration"));
    }

    [Fact]
    public async Task Keeps_the_settings_for_attribute_updates_and_so_refuses_to_lose_what_they_need()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new
            {
                AutoVerifiedAttributes = new[] { "email" },
                UserAttributeUpdateSettings = new
                {
                    AttributesRequireVerificationBeforeUpdate = new[] { "email" },
                },
            });
        world.Transcript.Clear();

        var answer = await world.Call(
            "UpdateUserPool", new { UserPoolId = pool.Id, DeletionProtection = "ACTIVE" });

        Assert.Equal(
            "InvalidParameterException: All attributes in AttributesRequireVerificationBeforeUpdate must "
            + "exist in AutoVerifiedAttributes",
            answer.ToString());
        PoolSettings.ShouldHaveChangedNothing(world);
        await world.Must(
            "UpdateUserPool", new { UserPoolId = pool.Id, AutoVerifiedAttributes = new[] { "email" } });
        var after = await PoolSettings.Describe(world, pool.Id);
        Assert.Equal(
            """{"AttributesRequireVerificationBeforeUpdate":["email"]}""",
            after["UserAttributeUpdateSettings"]!.ToJsonString());
    }

    public static TheoryData<string, string> Refused => new()
    {
        {
            """
            {"MfaConfiguration":"ON",
              "SmsConfiguration":{"SnsCallerArn":"arn:aws:iam::000000000000:role/s"}}
            """,
            "InvalidParameterException: Cannot turn MFA functionality ON, once the user pool has been "
            + "created."
        },
        {
            """{"MfaConfiguration":"OPTIONAL"}""",
            "InvalidParameterException: SMS configuration and Auto verification for phone_number are "
            + "required when MFA is required/optional"
        },
        {
            """{"AutoVerifiedAttributes":["phone_number"]}""",
            "InvalidParameterException: SMS configuration is required when phone_number is selected for auto "
            + "verification"
        },
        {
            """{"UserPoolAddOns":{"AdvancedSecurityMode":"AUDIT"}}""",
            "FeatureUnavailableInTierException: The following features need to be disabled for the "
            + "ESSENTIALS pricing tier configured: Threat Protection"
        },
        {
            """{"UserPoolTier":"LITE"}""",
            "TierChangeNotAllowedException: The following features need to be disabled for the LITE "
            + "pricing tier configured: Passwordless Sign-In"
        },
        { """{"UserPoolTags":{"aws:x":"y"}}""", "UserPoolTaggingException" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Refuses_what_cannot_be_and_changes_nothing(string given, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, null, new { ExplicitAuthFlows = new[] { "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" } });
        var request = PoolSettings.Parse(given).With(("UserPoolId", pool.Id));
        var before = await PoolSettings.Describe(world, pool.Id);
        world.Transcript.Clear();

        var answer = await world.Call("UpdateUserPool", request);

        if (expected.Contains(':', StringComparison.Ordinal)) Assert.Equal(expected, answer.ToString());
        else Assert.Equal(expected, answer.Code);
        PoolSettings.ShouldHaveChangedNothing(world);
        Assert.True(JsonNode.DeepEquals(before, await PoolSettings.Describe(world, pool.Id)));
    }

    [Fact]
    public async Task Refuses_what_is_no_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            (await world.Call("UpdateUserPool", new { UserPoolId = "us-east-1_Nowhere00" })).ToString());
    }

    [Fact]
    public async Task Takes_effect_at_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await world.Must(
            "UpdateUserPool",
            new
            {
                UserPoolId = pool.Id,
                Policies = new { PasswordPolicy = new { MinimumLength = 30 } },
            });

        var answer = await world.Call(
            "AdminCreateUser",
            new { UserPoolId = pool.Id, Username = "ana", TemporaryPassword = TestPool.Password });

        Assert.Equal("InvalidPasswordException", answer.Code);
    }
}
