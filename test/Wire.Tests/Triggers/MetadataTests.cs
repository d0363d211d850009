using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>Which triggers see the ClientMetadata and ValidationData of which calls (doc). The pool has every
/// trigger; a row lists all that are called, each with the member that holds what was sent.</summary>
public sealed partial class MetadataTests
{
    private const string PreSignUp = "PreSignUp_SignUp(validationData=plan, clientMetadata=ticket)";

    private const string Wording = "CustomMessage_";

    private const string NoMetadata = "PostAuthentication_Authentication(), TokenGeneration_Authentication()";

    private const string Metadata =
        "PostAuthentication_Authentication(clientMetadata=ticket), "
        + "TokenGeneration_Authentication(clientMetadata=ticket)";

    public static TheoryData<string, string> Accounts => new()
    {
        { "SignUp", $"{PreSignUp}, CustomMessage_SignUp(clientMetadata=ticket)" },
        {
            "SignUp that confirms", $"{PreSignUp}, PostConfirmation_ConfirmSignUp(clientMetadata=ticket)"
        },
        { "ConfirmSignUp", "PostConfirmation_ConfirmSignUp(clientMetadata=ticket)" },
        { "AdminConfirmSignUp", "PostConfirmation_ConfirmSignUp(clientMetadata=ticket)" },
        { "ResendConfirmationCode", "CustomMessage_ResendCode(clientMetadata=ticket)" },
        {
            "AdminCreateUser",
            "PreSignUp_AdminCreateUser(validationData=plan, clientMetadata=ticket), "
            + "CustomMessage_AdminCreateUser(clientMetadata=ticket)"
        },
        { "AdminCreateUser RESEND", "CustomMessage_AdminCreateUser(clientMetadata=ticket)" },
        { "ForgotPassword", "CustomMessage_ForgotPassword(clientMetadata=ticket)" },
        {
            "ForgotPassword of somebody elsewhere",
            "UserMigration_ForgotPassword(clientMetadata=ticket), "
            + "CustomMessage_ForgotPassword(clientMetadata=ticket)"
        },
        { "ConfirmForgotPassword", "PostConfirmation_ConfirmForgotPassword(clientMetadata=ticket)" },
        { "AdminResetUserPassword", "CustomMessage_ForgotPassword(clientMetadata=ticket)" },
        { "AdminUpdateUserAttributes", "CustomMessage_UpdateUserAttribute(clientMetadata=ticket)" },
        { "UpdateUserAttributes", "CustomMessage_UpdateUserAttribute(clientMetadata=ticket)" },
        {
            "GetUserAttributeVerificationCode", "CustomMessage_VerifyUserAttribute(clientMetadata=ticket)"
        },
    };

    public static TheoryData<string, string> SignIns => new()
    {
        {
            "InitiateAuth", $"PreAuthentication_Authentication(validationData=ticket), {NoMetadata}"
        },
        {
            "AdminInitiateAuth", $"PreAuthentication_Authentication(validationData=ticket), {NoMetadata}"
        },
        {
            "InitiateAuth of somebody elsewhere",
            "UserMigration_Authentication(validationData=ticket), "
            + $"PreAuthentication_Authentication(validationData=ticket), {NoMetadata}"
        },
        {
            "InitiateAuth that sends a code",
            "PreAuthentication_Authentication(validationData=ticket), CustomMessage_Authentication()"
        },
        {
            "InitiateAuth by custom challenges",
            "PreAuthentication_Authentication(validationData=ticket), "
            + "DefineAuthChallenge_Authentication(), CreateAuthChallenge_Authentication()"
        },
        { "InitiateAuth by refresh token", "TokenGeneration_RefreshTokens()" },
        { "GetTokensFromRefreshToken", "TokenGeneration_RefreshTokens(clientMetadata=ticket)" },
        { "GetClientToken", "TokenGeneration_ClientCredentials(clientMetadata=ticket)" },
        { "RespondToAuthChallenge", Metadata },
        { "AdminRespondToAuthChallenge", Metadata },
        {
            "RespondToAuthChallenge that sends a code", "CustomMessage_Authentication(clientMetadata=ticket)"
        },
        {
            "AdminRespondToAuthChallenge that sends a code",
            "CustomMessage_Authentication(clientMetadata=ticket)"
        },
        {
            "RespondToAuthChallenge with a new password",
            "PostAuthentication_Authentication(clientMetadata=ticket), "
            + "TokenGeneration_NewPasswordChallenge(clientMetadata=ticket)"
        },
        {
            "RespondToAuthChallenge to a custom challenge",
            "VerifyAuthChallengeResponse_Authentication(clientMetadata=ticket), "
            + "DefineAuthChallenge_Authentication(clientMetadata=ticket), "
            + "CreateAuthChallenge_Authentication(clientMetadata=ticket)"
        },
        {
            "AdminRespondToAuthChallenge to a custom challenge",
            "VerifyAuthChallengeResponse_Authentication(clientMetadata=ticket), "
            + $"DefineAuthChallenge_Authentication(clientMetadata=ticket), {Metadata}"
        },
    };

    [Theory, MemberData(nameof(Accounts)), MemberData(nameof(SignIns))]
    public async Task Reaches_these_triggers_and_no_others(string call, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var stage = await MetadataStage.Set(world);
        var act = await stage.Prepare(call);
        var before = world.Triggers.Events.Count;

        var answer = await act();

        Assert.Equal("200", answer.ToString());
        Assert.Equal(expected, string.Join(", ", world.Triggers.Events.Skip(before).Select(Seen)));
    }

    /// <summary>The rows with a message.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> Messages =>
        Accounts.Concat(SignIns).Where(row => row.Data.Item2.Contains(Wording, StringComparison.Ordinal));

    /// <summary>Where a function delivers messages, it stands in the place of the one that words them. It is
    /// told less: nothing with a repeated code, an invitation and a changed address (doc).</summary>
    [Theory, MemberData(nameof(Messages))]
    public async Task Reaches_custom_senders_with_some_messages(string call, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var stage = await MetadataStage.Set(world, hasSenders: true);
        var act = await stage.Prepare(call);
        await world.Get<MessageDelivery>().Idle();
        var before = world.Triggers.Events.Count;

        await act();

        var seen = string.Join(", ", world.Triggers.Events.Skip(before).Select(Seen));
        Assert.DoesNotContain(Wording, seen, StringComparison.Ordinal);
        Assert.Equal(
            Untold().Replace(expected, "$1()"),
            seen.Replace("CustomEmailSender_", Wording).Replace("CustomSMSSender_", Wording));
    }

    private static string Seen(JsonObject input)
    {
        var held = new[] { "validationData", "clientMetadata" }
            .Where(member => input["request"]![member] is JsonObject)
            .Select(member => $"{member}={Key(input["request"]![member]!.AsObject())}");
        return $"{input["triggerSource"]!.GetValue<string>()}({string.Join(", ", held)})";
    }

    [GeneratedRegex(
        @"(CustomMessage_(?:ResendCode|AdminCreateUser|UpdateUserAttribute|VerifyUserAttribute))\(.*?\)")]
    private static partial Regex Untold();

    private static string Key(JsonObject map)
    {
        Assert.Equal("given", Assert.Single(map).Value!.GetValue<string>());
        return map.Single().Key;
    }
}
