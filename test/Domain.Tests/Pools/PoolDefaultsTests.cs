using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class PoolDefaultsTests
{
    private const string Levels =
        "'AcrConfiguration':{'Level1':{'AcrValue':'urn:cognito:loa:1'},'Level2':{'AcrValue':"
        + "'urn:cognito:loa:2'},"
        + "'Level3':{'AcrValue':'urn:cognito:loa:3'},'Level4':{'AcrValue':'urn:cognito:loa:4'}}";

    [Fact]
    public void A_pool_with_only_a_name_has_these_settings_and_no_others()
    {
        var pool = GivenPools.New("'Name':'p'");

        Assert.Equal(20, pool.SchemaAttributes?.Count);
        (pool with { SchemaAttributes = null }).ShouldBe(
            """
            {'Name':'p',
             'Policies':{'PasswordPolicy':{'MinimumLength':8,'RequireUppercase':true,'RequireLowercase':true,
               'RequireNumbers':true,'RequireSymbols':true,'TemporaryPasswordValidityDays':7},
               'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD']}},
             'DeletionProtection':'INACTIVE','LambdaConfig':{},
             'VerificationMessageTemplate':{'DefaultEmailOption':'CONFIRM_WITH_CODE'},
             'MfaConfiguration':'OFF','EmailConfiguration':{'EmailSendingAccount':'COGNITO_DEFAULT'},
             'AdminCreateUserConfig':{'AllowAdminCreateUserOnly':false,'UnusedAccountValidityDays':7},
             'UserPoolTier':'ESSENTIALS','KeyConfiguration':{'KeyType':'AWS_OWNED_KEY'},
             'IssuerConfiguration':{'Type':'ORIGINAL'},
            """ + Levels + "}");
    }

    [Fact]
    public void A_description_adds_what_is_no_setting()
    {
        var pool = new UserPool
        {
            Id = "eu-west-1_Ab1Cd2Ef3",
            Settings = new() { Name = "p" },
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            ModifiedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_001),
        };

        pool.Describe(new Deployment("us-east-1", "123456789012"), 3).ShouldBe(
            """
            {'Id':'eu-west-1_Ab1Cd2Ef3','Name':'p','EstimatedNumberOfUsers':3,
             'Arn':'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3',
             'CreationDate':1700000000.0,'LastModifiedDate':1700000001.0}
            """);
    }

    [Theory]
    // Members left out of a given policy are off; the minimum length and the validity have defaults.
    [InlineData(
        "'Policies':{'PasswordPolicy':{'RequireNumbers':true}}", "Policies",
        "{'PasswordPolicy':{'MinimumLength':8,'RequireUppercase':false,'RequireLowercase':false,"
        + "'RequireNumbers':true,'RequireSymbols':false,'TemporaryPasswordValidityDays':7},"
        + "'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD']}}")]
    [InlineData(
        "'Policies':{'PasswordPolicy':{'TemporaryPasswordValidityDays':3}}", "AdminCreateUserConfig",
        "{'AllowAdminCreateUserOnly':false,'UnusedAccountValidityDays':3}")]
    [InlineData(
        "'Policies':{'PasswordPolicy':{'TemporaryPasswordValidityDays':0}}", "AdminCreateUserConfig",
        "{'AllowAdminCreateUserOnly':false,'UnusedAccountValidityDays':7}")]
    [InlineData(
        "'AdminCreateUserConfig':{'AllowAdminCreateUserOnly':true,'UnusedAccountValidityDays':5}",
        "AdminCreateUserConfig", "{'AllowAdminCreateUserOnly':true,'UnusedAccountValidityDays':5}")]
    [InlineData("'AutoVerifiedAttributes':['email','email']", "AutoVerifiedAttributes", "['email']")]
    [InlineData("'AutoVerifiedAttributes':[]", "AutoVerifiedAttributes", "absent")]
    [InlineData("'AliasAttributes':['email']", "AliasAttributes", "['email']")]
    [InlineData("'UsernameAttributes':['email']", "UsernameAttributes", "['email']")]
    [InlineData(
        "'UsernameConfiguration':{'CaseSensitive':false}", "UsernameConfiguration",
        "{'CaseSensitive':false}")]
    [InlineData(
        "'UserAttributeUpdateSettings':{}", "UserAttributeUpdateSettings",
        "{'AttributesRequireVerificationBeforeUpdate':[]}")]
    [InlineData("'DeviceConfiguration':{}", "DeviceConfiguration", "absent")]
    [InlineData(
        "'DeviceConfiguration':{'ChallengeRequiredOnNewDevice':true}", "DeviceConfiguration",
        "{'ChallengeRequiredOnNewDevice':true,'DeviceOnlyRememberedOnUserPrompt':false}")]
    [InlineData(
        "'EmailConfiguration':{'ReplyToEmailAddress':'a@b'}", "EmailConfiguration",
        "{'ReplyToEmailAddress':'a@b','EmailSendingAccount':'COGNITO_DEFAULT'}")]
    [InlineData("'UserPoolTags':{}", "UserPoolTags", "absent")]
    [InlineData("'UserPoolTags':{'team':'x'}", "UserPoolTags", "{'team':'x'}")]
    [InlineData("'AccountRecoverySetting':{}", "AccountRecoverySetting", "absent")]
    [InlineData(
        "'AccountRecoverySetting':{'RecoveryMechanisms':[{'Priority':1,'Name':'admin_only'}]}",
        "AccountRecoverySetting", "{'RecoveryMechanisms':[{'Priority':1,'Name':'admin_only'}]}")]
    [InlineData("'UserPoolAddOns':{'AdvancedSecurityMode':'AUDIT'}", "UserPoolTier", "'PLUS'")]
    [InlineData("'UserPoolAddOns':{'AdvancedSecurityMode':'OFF'}", "UserPoolTier", "'ESSENTIALS'")]
    [InlineData("'UserPoolTier':'LITE','Policies':{}", "UserPoolTier", "'LITE'")]
    [InlineData("'SmsAuthenticationMessage':'Code {####}'", "SmsAuthenticationMessage", "'Code {####}'")]
    [InlineData(
        "'DcrConfiguration':{'AllowedScopes':['a/b'],'OpenDcrGrantTypes':[]}", "DcrConfiguration",
        "{'EnableStatus':'Enabled','OpenDcrEnabled':false,'OpenDcrGrantTypes':[],'AllowedScopes':['a/b']}")]
    [InlineData(
        "'KeyConfiguration':{'KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/1'}", "KeyConfiguration",
        "{'KeyType':'CUSTOMER_MANAGED_KEY','KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/1'}")]
    [InlineData("'IssuerConfiguration':{'Type':'UPDATED'}", "IssuerConfiguration", "{'Type':'UPDATED'}")]
    [InlineData(
        "'AcrConfiguration':{'Level2':{'AcrValue':'https://a.example/otp'}}", "AcrConfiguration",
        "{'Level1':{'AcrValue':'urn:cognito:loa:1'},'Level2':{'AcrValue':'https://a.example/otp'},"
        + "'Level3':{'AcrValue':'urn:cognito:loa:3'},'Level4':{'AcrValue':'urn:cognito:loa:4'}}")]
    public void What_is_given_is_kept_and_completed(string given, string member, string expected) =>
        GivenPools.New($"'Name':'p',{given}").ShouldHave(member, expected);

    [Fact]
    public void The_smallest_tier_has_no_sign_in_policy() =>
        GivenPools.New("'Name':'p','UserPoolTier':'LITE'").Policies!.ShouldHave("SignInPolicy", "absent");

    [Theory]
    [InlineData(
        "'EmailVerificationMessage':'Code {####}'",
        "{'EmailMessage':'Code {####}','DefaultEmailOption':'CONFIRM_WITH_CODE'}")]
    [InlineData(
        "'VerificationMessageTemplate':{'EmailMessage':'Code {####}','DefaultEmailOption':"
        + "'CONFIRM_WITH_LINK'}",
        "{'EmailMessage':'Code {####}','DefaultEmailOption':'CONFIRM_WITH_LINK'}")]
    [InlineData(
        "'EmailVerificationMessage':'Code {####}','VerificationMessageTemplate':{'EmailMessage':"
        + "'Code {####}'}",
        "{'EmailMessage':'Code {####}','DefaultEmailOption':'CONFIRM_WITH_CODE'}")]
    public void Texts_of_messages_stand_in_both_places(string given, string template)
    {
        var pool = GivenPools.New($"'Name':'p',{given}");

        Assert.Equal("Code {####}", pool.EmailVerificationMessage);
        pool.VerificationMessageTemplate!.ShouldBe(template);
    }

    [Theory]
    [InlineData("'PreTokenGeneration':'" + GivenPools.Lambda + "'", "V1_0")]
    [InlineData(
        "'PreTokenGenerationConfig':{'LambdaVersion':'V2_0','LambdaArn':'" + GivenPools.Lambda + "'}",
        "V2_0")]
    [InlineData(
        "'PreTokenGeneration':'" + GivenPools.Lambda + "',"
        + "'PreTokenGenerationConfig':{'LambdaVersion':'V3_0','LambdaArn':'" + GivenPools.Lambda + "'}",
        "V3_0")]
    public void The_token_trigger_stands_in_both_places(string given, string version)
    {
        var config = GivenPools.New($"'Name':'p','LambdaConfig':{{{given}}}").LambdaConfig!;

        Assert.Equal(GivenPools.Lambda, config.PreTokenGeneration);
        Assert.Equal(GivenPools.Lambda, config.PreTokenGenerationConfig?.LambdaArn);
        Assert.Equal(version, config.PreTokenGenerationConfig?.LambdaVersion);
    }
}
