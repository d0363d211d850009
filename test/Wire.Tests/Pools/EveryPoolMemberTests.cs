using System.Text.Json.Nodes;
using Lifeguard.Contract.Tests;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

/// <summary>Each member that a pool can be given is kept and shown again. Two pools are needed: some members
/// cannot be together.</summary>
public sealed class EveryPoolMemberTests
{
    private const string Role = "arn:aws:iam::000000000000:role/sms";
    private const string Lambda = "arn:aws:lambda:us-east-1:000000000000:function:";

    private static readonly JsonObject Rich = PoolSettings.Parse(
        $$"""
        {
          "PoolName": "rich",
          "Policies": {
            "PasswordPolicy": {
              "MinimumLength": 10, "RequireUppercase": true, "RequireLowercase": true,
              "RequireNumbers": true, "RequireSymbols": true, "PasswordHistorySize": 3,
              "TemporaryPasswordValidityDays": 2
            },
            "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] }
          },
          "DeletionProtection": "ACTIVE",
          "LambdaConfig": {
            "PreSignUp": "{{Lambda}}a", "CustomMessage": "{{Lambda}}b", "PostConfirmation": "{{Lambda}}c",
            "PreAuthentication": "{{Lambda}}d", "PostAuthentication": "{{Lambda}}e",
            "DefineAuthChallenge": "{{Lambda}}f", "CreateAuthChallenge": "{{Lambda}}g",
            "VerifyAuthChallengeResponse": "{{Lambda}}h", "PreTokenGeneration": "{{Lambda}}i",
            "UserMigration": "{{Lambda}}j",
            "PreTokenGenerationConfig": { "LambdaVersion": "V3_0", "LambdaArn": "{{Lambda}}i" },
            "CustomSMSSender": { "LambdaVersion": "V1_0", "LambdaArn": "{{Lambda}}k" },
            "CustomEmailSender": { "LambdaVersion": "V1_0", "LambdaArn": "{{Lambda}}l" },
            "KMSKeyID": "arn:aws:kms:us-east-1:000000000000:key/senders",
            "InboundFederation": { "LambdaVersion": "V1_0", "LambdaArn": "{{Lambda}}m" }
          },
          "AutoVerifiedAttributes": ["email", "phone_number"],
          "AliasAttributes": ["email", "preferred_username"],
          "SmsVerificationMessage": "SMS {####}",
          "EmailVerificationMessage": "Mail {####}",
          "EmailVerificationSubject": "Subject",
          "VerificationMessageTemplate": {
            "SmsMessage": "SMS {####}", "EmailMessage": "Mail {####}", "EmailSubject": "Subject",
            "EmailMessageByLink": "Follow {##this##}", "EmailSubjectByLink": "Link",
            "DefaultEmailOption": "CONFIRM_WITH_LINK"
          },
          "SmsAuthenticationMessage": "In {####}",
          "MfaConfiguration": "OPTIONAL",
          "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
          "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true
          },
          "EmailConfiguration": {
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/river@example.com",
            "ReplyToEmailAddress": "help@example.com", "EmailSendingAccount": "DEVELOPER",
            "From": "River <river@example.com>", "ConfigurationSet": "sends"
          },
          "SmsConfiguration": { "SnsCallerArn": "{{Role}}", "ExternalId": "x", "SnsRegion": "us-east-1" },
          "UserPoolTags": { "team": "river" },
          "AdminCreateUserConfig": {
            "AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 2,
            "InviteMessageTemplate": {
              "SMSMessage": "{username} {####}", "EmailSubject": "Come", "EmailMessage": "{username} {####}"
            }
          },
          "Schema": [
            {
              "Name": "plan", "AttributeDataType": "String", "Mutable": false, "Required": false,
              "DeveloperOnlyAttribute": false,
              "StringAttributeConstraints": { "MinLength": "1", "MaxLength": "20" }
            },
            {
              "Name": "size", "AttributeDataType": "Number",
              "NumberAttributeConstraints": { "MinValue": "1", "MaxValue": "9" }
            }
          ],
          "UserPoolAddOns": {
            "AdvancedSecurityMode": "AUDIT",
            "AdvancedSecurityAdditionalFlows": { "CustomAuthMode": "ENFORCED" }
          },
          "UsernameConfiguration": { "CaseSensitive": true },
          "AccountRecoverySetting": {
            "RecoveryMechanisms": [
              { "Name": "verified_phone_number", "Priority": 1 }, { "Name": "verified_email", "Priority": 2 }
            ]
          },
          "UserPoolTier": "PLUS",
          "DcrConfiguration": {
            "EnableStatus": "Enabled", "OpenDcrEnabled": true, "AuthenticatedGrantTypes": ["code"],
            "OpenDcrGrantTypes": ["implicit"], "AllowedScopes": ["openid", "email"]
          },
          "KeyConfiguration": {
            "KeyType": "CUSTOMER_MANAGED_KEY",
            "KmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/mrk-0123456789abcdef"
          },
          "IssuerConfiguration": { "Type": "UPDATED" },
          "AcrConfiguration": { "Level1": { "AcrValue": "urn:river:1" } }
        }
        """);

    private static readonly JsonObject Other = PoolSettings.Parse(
        $$"""
        {
          "PoolName": "other",
          "UsernameAttributes": ["email", "phone_number"],
          "SmsConfiguration": {
            "EumsSms": {
              "CallerArn": "{{Role}}", "ExternalId": "x", "OriginationIdentity": "+15550100",
              "ConfigurationSetName": "sends", "InEntityId": "1", "InTemplateId": "2", "Region": "us-east-1"
            }
          }
        }
        """);

    // What a request and a pool call by different names.
    private static readonly string[] Renamed = ["PoolName", "Schema"];

    // What only a new pool can be given (doc).
    private static readonly string[] Lasting =
        ["Schema", "AliasAttributes", "UsernameAttributes", "UsernameConfiguration"];

    [Fact]
    public void No_member_of_CreateUserPool_is_forgotten() => Assert.Equal(
        MemberPaths.Of("CreateUserPoolRequest").Order(StringComparer.Ordinal),
        MemberPaths.In(Rich, "CreateUserPoolRequest")
            .Union(MemberPaths.In(Other, "CreateUserPoolRequest"))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void UpdateUserPool_has_the_same_members_but_for_those_that_last() => Assert.Equal(
        Facts.Members("CreateUserPoolRequest").Select(member => member.Name).Except(Lasting)
            .Append("UserPoolId").Order(StringComparer.Ordinal),
        Facts.Members("UpdateUserPoolRequest").Select(member => member.Name).Order(StringComparer.Ordinal));

    [Theory, EachDatabase]
    public async Task CreateUserPool_keeps_every_member_and_DescribeUserPool_shows_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        foreach (var given in (JsonObject[])[Rich, Other])
        {
            var created = (await world.Must("CreateUserPool", given))["UserPool"]!;

            var described = await PoolSettings.Describe(world, created.Text("Id"));

            ShouldHold(described, given);
            Assert.True(JsonNode.DeepEquals(created, described));
        }
    }

    [Fact]
    public async Task UpdateUserPool_keeps_every_member()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        foreach (var given in (JsonObject[])[Rich, Other])
        {
            var id = (await world.Must("CreateUserPool", new { PoolName = "plain" }))["UserPool"]!.Text("Id");
            var changes = given.With(("UserPoolId", id));
            foreach (var name in Lasting) changes.Remove(name);

            await world.Must("UpdateUserPool", changes);

            changes.Remove("UserPoolId");
            ShouldHold(await PoolSettings.Describe(world, id), changes);
        }
    }

    private static void ShouldHold(JsonNode pool, JsonObject given)
    {
        Assert.Equal(given.Text("PoolName"), pool.Text("Name"));
        foreach (var attribute in given["Schema"]?.AsArray() ?? [])
        {
            var name = "custom:" + attribute!.Text("Name");
            var shown = pool["SchemaAttributes"]!.AsArray().Single(each => each!.Text("Name") == name);
            MemberPaths.ShouldHold(shown, attribute!.AsObject().With(("Name", name)), name);
        }

        foreach (var (name, value) in given.Where(pair => !Renamed.Contains(pair.Key)))
            MemberPaths.ShouldHold(pool[name], value!, name);
    }
}
