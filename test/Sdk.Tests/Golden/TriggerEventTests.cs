namespace Lifeguard.Sdk.Tests.Golden;

/// <summary>The event of every trigger source in every version, as a function receives it: to the letter as
/// approved, and field by field as documented.</summary>
public sealed class TriggerEventTests(TriggerEvents events) : IClassFixture<TriggerEvents>
{
    private const string Flags =
        """{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}""";

    private const string Texts = """{"smsMessage":null,"emailMessage":null,"emailSubject":null}""";

    private static readonly string Migrated =
        """
        {"userAttributes":null,"forceAliasCreation":null,"enableSMSMFA":null,"finalUserStatus":null,
        "messageAction":null,"desiredDeliveryMediums":null}
        """.ReplaceLineEndings("");

    private const string Mailed = "type:=customEmailSenderRequestV1 code:encrypted userAttributes:user ";
    private const string Texted = "type:=customSMSSenderRequestV1 code:encrypted userAttributes:user ";
    private const string Claims = """{"claimsOverrideDetails":null}""";
    private const string ClaimsAndScopes = """{"claimsAndScopeOverrideDetails":null}""";
    private const string Word = "userAttributes:user codeParameter:={####} linkParameter:link ";

    /// <summary>By source and version.</summary>
    private static readonly Dictionary<string, ExpectedEvent> Expected = new()
    {
        ["PreSignUp_SignUp.v1"] = new(
            "ana", "userAttributes:submitted validationData:plan clientMetadata:ticket", Flags),
        ["PreSignUp_AdminCreateUser.v1"] = new(
            "ben", "userAttributes:submitted validationData:plan clientMetadata:ticket", Flags)
        {
            HasClient = false,
        },
        ["PostConfirmation_ConfirmSignUp.v1"] = new("ana", "userAttributes:user clientMetadata:ticket"),
        ["PostConfirmation_ConfirmForgotPassword.v1"] = new(
            "ana", "userAttributes:user clientMetadata:ticket"),
        ["PreAuthentication_Authentication.v1"] = new(
            "ana", "userAttributes:user validationData:ticket userNotFound:false"),
        ["PostAuthentication_Authentication.v1"] = new(
            "ana", "userAttributes:user newDeviceUsed:true clientMetadata:ticket"),
        ["DefineAuthChallenge_Authentication.v1"] = new(
            "ana", "userAttributes:user session:history clientMetadata:ticket userNotFound:false",
            """{"challengeName":null,"issueTokens":null,"failAuthentication":null}"""),
        ["CreateAuthChallenge_Authentication.v1"] = new(
            "ana",
            "userAttributes:user challengeName:=CUSTOM_CHALLENGE session:history clientMetadata:ticket "
            + "userNotFound:false",
            """
            {"publicChallengeParameters":null,"privateChallengeParameters":null,"challengeMetadata":null}
            """),
        ["VerifyAuthChallengeResponse_Authentication.v1"] = new(
            "ana",
            "userAttributes:user privateChallengeParameters:riddle challengeAnswer:=green "
            + "clientMetadata:ticket userNotFound:false",
            """{"answerCorrect":null}"""),
        ["UserMigration_Authentication.v1"] = new(
            "ana", "password:=First-Passw0rd! validationData:ticket", Migrated),
        ["UserMigration_ForgotPassword.v1"] = new(
            "ben", "validationData:null clientMetadata:ticket", Migrated),
        ["CustomMessage_SignUp.v1"] = new(
            "ana", Word + "usernameParameter:null clientMetadata:ticket", Texts),
        ["CustomMessage_ResendCode.v1"] = new(
            "ana", Word + "usernameParameter:null clientMetadata:ticket", Texts),
        ["CustomMessage_ForgotPassword.v1"] = new(
            "ana", Word + "usernameParameter:null clientMetadata:ticket", Texts),
        ["CustomMessage_UpdateUserAttribute.v1"] = new(
            "ana", Word + "usernameParameter:null clientMetadata:ticket", Texts),
        ["CustomMessage_VerifyUserAttribute.v1"] = new(
            "ana", Word + "usernameParameter:null clientMetadata:ticket", Texts),
        ["CustomMessage_AdminCreateUser.v1"] = new(
            "ben", Word + "usernameParameter:={username} clientMetadata:ticket", Texts)
        {
            HasClient = false,
        },
        ["CustomMessage_Authentication.v1"] = new("ana", Word + "usernameParameter:null", Texts),
        ["TokenGeneration_Authentication.v1"] = new(
            "ana", "userAttributes:user groupConfiguration:groups", Claims),
        ["TokenGeneration_NewPasswordChallenge.v1"] = new(
            "ben", "userAttributes:user groupConfiguration:nogroups clientMetadata:ticket", Claims),
        ["TokenGeneration_AuthenticateDevice.v1"] = new(
            "ana", "userAttributes:user groupConfiguration:groups", Claims)
        {
            IsBySdk = false,
        },
        ["TokenGeneration_RefreshTokens.v1"] = new(
            "ana", "userAttributes:user groupConfiguration:groups clientMetadata:ticket", Claims),
        ["TokenGeneration_Authentication.v2"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:userscopes", ClaimsAndScopes),
        ["TokenGeneration_NewPasswordChallenge.v2"] = new(
            "ben", "userAttributes:user groupConfiguration:nogroups scopes:userscopes clientMetadata:ticket",
            ClaimsAndScopes),
        ["TokenGeneration_AuthenticateDevice.v2"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:userscopes", ClaimsAndScopes)
        {
            IsBySdk = false,
        },
        ["TokenGeneration_RefreshTokens.v2"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:userscopes clientMetadata:ticket",
            ClaimsAndScopes),
        ["TokenGeneration_Authentication.v3"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:userscopes", ClaimsAndScopes),
        ["TokenGeneration_NewPasswordChallenge.v3"] = new(
            "ben", "userAttributes:user groupConfiguration:nogroups scopes:userscopes clientMetadata:ticket",
            ClaimsAndScopes),
        ["TokenGeneration_AuthenticateDevice.v3"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:userscopes", ClaimsAndScopes)
        {
            IsBySdk = false,
        },
        ["TokenGeneration_RefreshTokens.v3"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:userscopes clientMetadata:ticket",
            ClaimsAndScopes),
        ["PreSignUp_ExternalProvider.v1"] = new(
            "Partner_ana", "userAttributes:submitted validationData:null", Flags)
        {
            IsBySdk = false,
        },
        ["InboundFederation_ExternalProvider.v1"] = new(
            "Partner_ana", "providerName:=Partner providerType:=OIDC attributes:provided",
            """{"userAttributesToMap":{}}""")
        {
            IsBySdk = false,
        },
        ["TokenGeneration_HostedAuth.v1"] = new(
            "ana", "userAttributes:user groupConfiguration:groups", Claims)
        {
            IsBySdk = false,
        },
        ["TokenGeneration_HostedAuth.v2"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:pagescopes", ClaimsAndScopes)
        {
            IsBySdk = false,
        },
        ["TokenGeneration_HostedAuth.v3"] = new(
            "ana", "userAttributes:user groupConfiguration:groups scopes:pagescopes", ClaimsAndScopes)
        {
            IsBySdk = false,
        },
        ["TokenGeneration_ClientCredentials.v3"] = new(
            "ClientCredentials",
            "userAttributes:nothing groupConfiguration:null scopes:machinescopes clientMetadata:ticket",
            ClaimsAndScopes),
        ["CustomEmailSender_SignUp.v1"] = new("ana", Mailed + "clientMetadata:ticket"),
        ["CustomEmailSender_ResendCode.v1"] = new("ana", Mailed + "clientMetadata:null"),
        ["CustomEmailSender_ForgotPassword.v1"] = new("ana", Mailed + "clientMetadata:ticket"),
        ["CustomEmailSender_UpdateUserAttribute.v1"] = new("ana", Mailed + "clientMetadata:null"),
        ["CustomEmailSender_VerifyUserAttribute.v1"] = new("ana", Mailed + "clientMetadata:null"),
        ["CustomEmailSender_AdminCreateUser.v1"] = new("ben", Mailed + "clientMetadata:null")
        {
            HasClient = false,
        },
        ["CustomEmailSender_Authentication.v1"] = new("ana", Mailed + "clientMetadata:null"),
        ["CustomEmailSender_AccountTakeOverNotification.v1"] = new(
            "ana", "type:=customEmailSenderRequestV1 code:null clientMetadata:null userAttributes:notice"),
        ["CustomSMSSender_SignUp.v1"] = new("ana", Texted + "clientMetadata:ticket"),
        ["CustomSMSSender_ResendCode.v1"] = new("ana", Texted + "clientMetadata:null"),
        ["CustomSMSSender_ForgotPassword.v1"] = new("ana", Texted + "clientMetadata:ticket"),
        ["CustomSMSSender_UpdateUserAttribute.v1"] = new("ana", Texted + "clientMetadata:null"),
        ["CustomSMSSender_VerifyUserAttribute.v1"] = new("ana", Texted + "clientMetadata:null"),
        ["CustomSMSSender_AdminCreateUser.v1"] = new("ben", Texted + "clientMetadata:null")
        {
            HasClient = false,
        },
        ["CustomSMSSender_Authentication.v1"] = new("ana", Texted + "clientMetadata:null"),
    };

    public static TheoryData<string> Kinds => [.. Expected.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void Is_what_the_service_documents(string kind) =>
        Expected[kind].MustDescribe(kind, events.Of(kind));

    [Theory, MemberData(nameof(Kinds))]
    public void Is_to_the_letter_what_was_approved(string kind) =>
        ApprovedEvent.ShouldMatch(kind, events.Of(kind));

    [Fact]
    public void There_are_no_others()
    {
        Assert.Equal(Expected.Keys.Order(), events.Kinds.Order());
        Assert.Equal(Expected.Keys.Order(), ApprovedEvent.Kinds().Order());
    }
}
