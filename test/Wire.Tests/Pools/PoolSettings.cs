using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

/// <summary>Settings of a pool that tests of several operations use.</summary>
internal static class PoolSettings
{
    private const string Role = "arn:aws:iam::000000000000:role/sms";
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:";

    /// <summary>A value for nearly every member of CreateUserPool, none of them the default.</summary>
    public static readonly JsonObject Everything = JsonNode.Parse(
        $$"""
        {
          "PoolName": "everything",
          "Policies": {
            "PasswordPolicy": {
              "MinimumLength": 10, "RequireUppercase": true, "RequireLowercase": false,
              "RequireNumbers": true, "RequireSymbols": false, "PasswordHistorySize": 3,
              "TemporaryPasswordValidityDays": 2
            },
            "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] }
          },
          "DeletionProtection": "ACTIVE",
          "LambdaConfig": { "CustomMessage": "{{Arn}}words", "PreSignUp": "{{Arn}}door" },
          "AutoVerifiedAttributes": ["email", "phone_number"],
          "AliasAttributes": ["email", "preferred_username"],
          "SmsVerificationMessage": "SMS {####}",
          "EmailVerificationMessage": "Mail {####}",
          "EmailVerificationSubject": "Subject",
          "SmsAuthenticationMessage": "In {####}",
          "MfaConfiguration": "OPTIONAL",
          "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] },
          "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true
          },
          "EmailConfiguration": {
            "ReplyToEmailAddress": "help@example.com", "EmailSendingAccount": "COGNITO_DEFAULT"
          },
          "SmsConfiguration": { "SnsCallerArn": "{{Role}}", "ExternalId": "x" },
          "UserPoolTags": { "team": "river" },
          "AdminCreateUserConfig": {
            "AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 2,
            "InviteMessageTemplate": { "EmailSubject": "Come", "EmailMessage": "{username} {####}" }
          },
          "Schema": [{ "Name": "plan", "AttributeDataType": "String" }],
          "UsernameConfiguration": { "CaseSensitive": false },
          "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "verified_email", "Priority": 1 }] },
          "UserPoolTier": "ESSENTIALS"
        }
        """)!.AsObject();

    /// <summary>Every member of <paramref name="given"/> stands in the pool as it was given.</summary>
    public static void ShouldHold(JsonNode pool, JsonObject given, params string[] except)
    {
        foreach (var (name, value) in given.Where(pair => !except.Contains(pair.Key)))
            ShouldBe(value, pool[name], name);
    }

    /// <summary>Compares two values of one member.</summary>
    public static void ShouldBe(JsonNode? expected, JsonNode? actual, string member) => Assert.True(
        JsonNode.DeepEquals(expected, actual),
        $"{member}: {actual?.ToJsonString()} instead of {expected?.ToJsonString()}");

    public static async Task<JsonNode> Describe(World world, string id) =>
        (await world.Must("DescribeUserPool", new { UserPoolId = id }))["UserPool"]!;

    /// <summary>The same members with others beside them.</summary>
    public static JsonObject With(this JsonObject settings, params (string Name, JsonNode? Value)[] more)
    {
        var all = settings.DeepClone().AsObject();
        foreach (var (name, value) in more) all[name] = value;
        return all;
    }

    /// <summary>The transcript holds the last call and its answer, and no changed row.</summary>
    public static void ShouldHaveChangedNothing(World world) =>
        Assert.Equal(2, world.Transcript.ToString().TrimEnd('\n').Split('\n').Length);

    public static string Text(this JsonNode node, string member) => node[member]!.GetValue<string>();

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
