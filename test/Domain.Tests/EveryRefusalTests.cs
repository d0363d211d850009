using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Replicas;
using Lifeguard.Domain.Tests.Clients;
using Lifeguard.Domain.Tests.Pools;
using Lifeguard.Domain.Tests.Replicas;
using Xunit;

namespace Lifeguard.Domain.Tests;

/// <summary>Each refusal about the settings of pools, app clients and replicas has something that brings it
/// about; a new one fails here until it has.</summary>
public sealed class EveryRefusalTests
{
    private const string Role = "'arn:aws:iam::123456789012:role/sms'";
    private const string NoRole = "arn:aws:sns:eu-west-1:123456789012:topic";
    private const string Audit = "'UserPoolAddOns':{'AdvancedSecurityMode':'AUDIT'}";

    /// <summary>What brings a refusal about, and something of its text.</summary>
    private static readonly Dictionary<string, (Action Case, string Text)> Cases = new()
    {
        ["PoolRefusals.AliasAndUsernameAttributes"] = (
            Pool("'AliasAttributes':['email'],'UsernameAttributes':['email']"), "Only one of the alias"),
        ["PoolRefusals.RequiredPreferredUsernameAlias"] = (
            Pool("'AliasAttributes':['preferred_username'],"
                + "'SchemaAttributes':[{'Name':'preferred_username','Required':true}]"),
            "preferred_username cannot be a required attribute"),
        ["PoolRefusals.PhoneVerificationWithoutSms"] = (
            Pool("'AutoVerifiedAttributes':['phone_number']"), "selected for auto verification"),
        ["PoolRefusals.MfaWithoutSms"] = (Pool("'MfaConfiguration':'OPTIONAL'"), "when MFA is required"),
        ["PoolRefusals.MfaOnAfterCreation"] = (
            Update($"'MfaConfiguration':'ON',{GivenPools.Sms}"), "Cannot turn MFA functionality ON"),
        ["PoolRefusals.MfaWithoutFactors"] = (
            MfaConfig(new("ON", null, null, null, null)), "must be enabled"),
        ["PoolRefusals.FactorsWithoutMfa"] = (
            MfaConfig(new("OFF", null, new() { Enabled = true }, null, null)), "can't turn off MFA"),
        ["PoolRefusals.SmsRole"] = (
            MfaConfig(
                new("ON", new() { SmsConfiguration = new() { SnsCallerArn = NoRole } }, null, null, null)),
            "InvalidSmsRoleTrustRelationshipException: "),
        ["PoolRefusals.RelyingParty"] = (
            MfaConfig(new("OFF", null, null, null, new() { RelyingPartyId = "https://a.example" })),
            "RelyingPartyId must be a domain name"),
        ["PoolRefusals.VerificationBeforeUpdateOfUnverified"] = (
            Pool("'UserAttributeUpdateSettings':{'AttributesRequireVerificationBeforeUpdate':['email']}"),
            "must exist in AutoVerifiedAttributes"),
        ["PoolRefusals.PasswordlessWithMfa"] = (
            Pool("'MfaConfiguration':'ON'," + GivenPools.Sms + "," + Factors("'PASSWORD','EMAIL_OTP'")),
            "Only PASSWORD and WEB_AUTHN"),
        ["PoolRefusals.PasskeyWithMfa"] = (
            Pool("'MfaConfiguration':'ON'," + GivenPools.Sms + "," + Factors("'PASSWORD','WEB_AUTHN'")),
            "WEB_AUTHN cannot be used"),
        ["PoolRefusals.SmsFactorWithoutSms"] = (
            Pool(Factors("'PASSWORD','SMS_OTP'")), "missing valid SMS configuration"),
        ["PoolRefusals.SoftwareTokenAsFirstFactor"] = (
            Pool(Factors("'PASSWORD','SOFTWARE_TOKEN'")), "SOFTWARE_TOKEN is not supported"),
        ["PoolRefusals.PasskeyAlone"] = (Pool(Factors("'WEB_AUTHN'")), "WEB_AUTHN must be accompanied"),
        ["PoolRefusals.TwoTemporaryValidities"] = (
            Pool("'Policies':{'PasswordPolicy':{'TemporaryPasswordValidityDays':3}},"
                + "'AdminCreateUserConfig':{'UnusedAccountValidityDays':4}"),
            "Please use TemporaryPasswordValidityDays"),
        ["PoolRefusals.TwoTexts"] = (
            Pool("'SmsVerificationMessage':'a {####}',"
                + "'VerificationMessageTemplate':{'SmsMessage':'b {####}'}"),
            "SmsVerificationMessage and VerificationMessageTemplate.SmsMessage must be identical"),
        ["PoolRefusals.TwoTokenTriggers"] = (
            Pool("'LambdaConfig':{'PreTokenGeneration':'a','PreTokenGenerationConfig':"
                + "{'LambdaVersion':'V1_0','LambdaArn':'b'}}"),
            "PreTokenGeneration and the LambdaArn"),
        ["PoolRefusals.CustomSenderWithoutKey"] = (
            Pool("'LambdaConfig':{'CustomSMSSender':{'LambdaVersion':'V1_0','LambdaArn':'a'}}"),
            "KMSKeyID is required"),
        ["PoolRefusals.SenderKey"] = (
            Pool("'LambdaConfig':{'KMSKeyID':'arn:aws:sns:eu-west-1:123456789012:topic'}"),
            "KMSKeyID must be the ARN"),
        ["PoolRefusals.Recovery"] = (
            Pool("'AccountRecoverySetting':{'RecoveryMechanisms':[{'Priority':1,'Name':'admin_only'},"
                + "{'Priority':2,'Name':'verified_email'}]}"),
            "admin_only cannot be combined"),
        ["PoolRefusals.Sms"] = (Pool("'SmsConfiguration':{}"), "Invalid SMS configuration"),
        ["PoolRefusals.Mailbox"] = (
            () => PoolRules.New(
                new() { Name = "p", EmailConfiguration = new() { From = "a@b\r\nBcc: c@d" } },
                GivenPools.Region),
            "From must be one e-mail address"),
        ["PoolRefusals.DeveloperEmailWithoutSource"] = (
            Pool("'EmailConfiguration':{'EmailSendingAccount':'DEVELOPER'}"), "SourceArn is required"),
        ["PoolRefusals.Key"] = (
            Pool("'KeyConfiguration':{'KeyType':'CUSTOMER_MANAGED_KEY'}"), "Invalid key configuration"),
        ["PoolRefusals.Acr"] = (
            Pool("'AcrConfiguration':{'Level1':{'AcrValue':'urn:cognito:loa:2'}}"),
            "Invalid ACR configuration"),
        ["PoolRefusals.Dcr"] = (
            Pool("'DcrConfiguration':{'AllowedScopes':['two words']}"), "Invalid dynamic client"),
        ["PoolRefusals.Tags"] = (Pool("'UserPoolTags':{'aws:x':'y'}"), "UserPoolTaggingException: "),
        ["PoolRefusals.DeletionProtected"] = (
            () => PoolRules.CheckDeletable(new() { DeletionProtection = "ACTIVE" }, hasReplica: false),
            "deletion protection is activated"),
        ["PoolRefusals.HasDomain"] = (
            () => PoolRules.CheckDeletable(new() { CustomDomain = "d" }, hasReplica: false),
            "It has a domain"),
        ["PoolRefusals.HasReplica"] = (
            () => PoolRules.CheckDeletable(new(), hasReplica: true), "It has a replica"),
        ["PoolRefusals.FeaturesNotInTier"] = (
            Pool($"'UserPoolTier':'ESSENTIALS',{Audit}"), "FeatureUnavailableInTierException: "),
        ["PoolRefusals.FeatureNotInTier"] = (
            Replica("'UserPoolTier':'LITE'"), "The following feature is not available for the LITE"),
        ["PoolRefusals.TierChange"] = (
            () => GivenPools.New($"'Name':'p',{Audit}").Changed($"'UserPoolTier':'ESSENTIALS',{Audit}"),
            "TierChangeNotAllowedException: "),
        ["PoolRefusals.TooMany"] = (
            Replica(GivenReplicas.Key, GivenReplicas.In("sa-east-1")), "LimitExceededException: "),

        ["ClientRefusals.TwoSecrets"] = (
            () => ClientSecrets.ForNew("c", generate: true, own: "own", random: null!, now: default),
            "GenerateSecret cannot be true"),
        ["ClientRefusals.MixedAuthFlows"] = (
            Client("'ExplicitAuthFlows':['ALLOW_USER_SRP_AUTH','USER_PASSWORD_AUTH']"), "begin with ALLOW_"),
        ["ClientRefusals.RefreshFlowWithRotation"] = (
            Client("'ExplicitAuthFlows':['ALLOW_REFRESH_TOKEN_AUTH'],"
                + "'RefreshTokenRotation':{'Feature':'ENABLED'}"),
            "when refresh token rotation is enabled"),
        ["ClientRefusals.ValidityRange"] = (Client("'IdTokenValidity':25"), "Invalid range for token"),
        ["ClientRefusals.OutlivesRefreshToken"] = (
            Client("'AccessTokenValidity':2,'RefreshTokenValidity':1,"
                + "'TokenValidityUnits':{'RefreshToken':'hours'}"),
            "longer than the refresh token"),
        ["ClientRefusals.ReadAttributes"] = (Client("'ReadAttributes':['x']"), "Invalid read attributes"),
        ["ClientRefusals.WriteAttributes"] = (
            Client("'WriteAttributes':['name']"), "Invalid write attributes"),
        ["ClientRefusals.NoSuchProvider"] = (
            Client("'SupportedIdentityProviders':['Google']"), "The provider Google does not exist"),
        ["ClientRefusals.OAuthWithoutFlowsOrScopes"] = (
            Client("'AllowedOAuthFlowsUserPoolClient':true"), "AllowedOAuthFlows and AllowedOAuthScopes"),
        ["ClientRefusals.NoCallbackUrls"] = (
            Client("'AllowedOAuthFlows':['code']"), "CallbackUrls can not be empty"),
        ["ClientRefusals.ClientCredentialsNotAlone"] = (
            Client("'AllowedOAuthFlows':['client_credentials','implicit']"), "can not be selected along"),
        ["ClientRefusals.ClientCredentialsWithoutSecret"] = (
            Client("'AllowedOAuthFlows':['client_credentials']"), "does not have a client secret"),
        ["ClientRefusals.UserScopeWithClientCredentials"] = (
            () => GivenClients.New(
                "'AllowedOAuthFlows':['client_credentials'],'AllowedOAuthScopes':['email']",
                hasSecret: true),
            "email is not supported with client_credentials"),
        ["ClientRefusals.NoSuchScope"] = (
            Client("'AllowedOAuthScopes':['x']"), "ScopeDoesNotExistException: "),
        ["ClientRefusals.PlainHttp"] = (
            Client("'LogoutURLs':['http://a.example']"), "cannot use the HTTP protocol"),
        ["ClientRefusals.NotAbsolute"] = (Client("'LogoutURLs':['/a']"), "is not an absolute URI"),
        ["ClientRefusals.Fragment"] = (
            Client("'LogoutURLs':['https://a.example/#b']"), "cannot contain a fragment"),
        ["ClientRefusals.Scheme"] = (
            Client("'LogoutURLs':['javascript://a.example']"), "uses a scheme that is not allowed"),
        ["ClientRefusals.DefaultRedirectNotListed"] = (
            Client("'DefaultRedirectURI':'https://a.example'"), "is not in the callback URIs list"),
        ["ClientRefusals.Analytics"] = (
            Client("'AnalyticsConfiguration':{'RoleArn':" + Role + "}"), "Invalid analytics configuration"),
        ["ClientRefusals.UserContextWithoutSecret"] = (
            Client("'EnablePropagateAdditionalUserContextData':true"), "requires an app client with"),
        ["ClientRefusals.ClientTokenFlowNotAlone"] = (
            Client("'ExplicitAuthFlows':['ALLOW_CLIENT_TOKEN_AUTH','ALLOW_USER_AUTH']"),
            "cannot be combined with other ExplicitAuthFlows"),
        ["ClientRefusals.ClientTokenFlowWithoutSecret"] = (
            Client("'ExplicitAuthFlows':['ALLOW_CLIENT_TOKEN_AUTH']"), "requires an app client with"),

        ["ReplicaRefusals.NoRegion"] = (
            () => GivenReplicas.New(GivenReplicas.Key, "Atlantis"), "Atlantis is not a Region"),
        ["ReplicaRefusals.OwnRegion"] = (
            () => GivenReplicas.New(GivenReplicas.Key, GivenPools.Region), "is the primary Region"),
        ["ReplicaRefusals.IsThere"] = (
            Replica(GivenReplicas.Key, GivenReplicas.In("us-west-2")), "already has a replica"),
        ["ReplicaRefusals.NeedsKey"] = (Replica("'UserPoolTier':'PLUS'"), "multi-Region customer managed"),
        ["ReplicaRefusals.IsActive"] = (
            () => ReplicaRules.CheckDeletable(GivenReplicas.In("us-west-2") with { Status = "ACTIVE" }),
            "must be in the INACTIVE status"),
        ["ReplicaRefusals.NotFound"] = (
            () => ReplicaRules.In([], "us-west-2", GivenReplicas.Pool("'Name':'p'")),
            "ResourceNotFoundException: "),
        ["ReplicaRefusals.NotRegional"] = (
            () => RegionalRules.Changed(
                GivenReplicas.In("us-west-2"),
                GivenReplicas.Pool("'Name':'p'"),
                GivenPools.Given("'MfaConfiguration':'ON'"),
                default),
            "MfaConfiguration cannot be changed"),
    };

    /// <summary>Operations refuse with these, not the rules; their own tests have them.</summary>
    private static readonly string[] OfOperations =
    [
        "ClientRefusals.ClientTokenNotAllowed", "ClientRefusals.NoClientScopes",
        "ClientRefusals.NoSuchSecret", "ClientRefusals.OnlySecret", "ClientRefusals.PublicClient",
        "ClientRefusals.RegisteredClient",
        "ClientRefusals.ScopeNotAllowed", "ClientRefusals.TooManyScopes",
        "ClientRefusals.TooManySecrets", "PoolRefusals.AnotherRegion", "PoolRefusals.NoPoolArn",
        "ReplicaRefusals.NotEnabled",
    ];

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Each_refusal_is_brought_about(string name) =>
        Assert.Contains(Cases[name].Text, Shapes.Refusal(Cases[name].Case), StringComparison.Ordinal);

    [Fact]
    public void No_refusal_is_forgotten()
    {
        Type[] refusals = [typeof(PoolRefusals), typeof(ClientRefusals), typeof(ReplicaRefusals)];
        var all = refusals.SelectMany(type => type.GetMethods()
            .Where(method => method.IsStatic && method.ReturnType == typeof(ApiException))
            .Select(method => $"{type.Name}.{method.Name}"));

        Assert.Equal(all.Order(), Cases.Keys.Concat(OfOperations).Order());
    }

    private static string Factors(string names) =>
        $"'Policies':{{'SignInPolicy':{{'AllowedFirstAuthFactors':[{names}]}}}}";

    private static Action Pool(string members) => () => GivenPools.New($"'Name':'p',{members}");

    private static Action Update(string members) => () => GivenPools.New("'Name':'p'").Changed(members);

    private static Action MfaConfig(GivenFactors given) =>
        () => FactorRules.Changed(GivenReplicas.Pool("'UserPoolTier':'PLUS'"), given, default);

    private static Action Client(string members) => () => GivenClients.New(members);

    private static Action Replica(string pool, params UserPoolReplica[] there) =>
        () => GivenReplicas.New(pool, "us-west-2", there);
}
