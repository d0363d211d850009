using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class PoolRefusalTests
{
    private const string Disabled =
        "FeatureUnavailableInTierException: The following features need to be disabled for the ";

    [Theory]
    [InlineData(
        "'AliasAttributes':['email'],'UsernameAttributes':['email']",
        "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.")]
    [InlineData(
        "'AutoVerifiedAttributes':['phone_number']",
        "SMS configuration is required when phone_number is selected for auto verification")]
    [InlineData(
        "'MfaConfiguration':'ON'",
        "SMS configuration and Auto verification for phone_number are required when MFA is "
        + "required/optional")]
    [InlineData(
        "'MfaConfiguration':'OPTIONAL'",
        "SMS configuration and Auto verification for phone_number are required when MFA is "
        + "required/optional")]
    [InlineData(
        "'AutoVerifiedAttributes':['email'],'UserAttributeUpdateSettings':"
        + "{'AttributesRequireVerificationBeforeUpdate':['email','phone_number']}",
        "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes")]
    [InlineData(
        "'Policies':{'PasswordPolicy':{'TemporaryPasswordValidityDays':3}},"
        + "'AdminCreateUserConfig':{'UnusedAccountValidityDays':4}",
        "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays")]
    [InlineData(
        "'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','SMS_OTP']}}",
        "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration")]
    [InlineData(
        "'MfaConfiguration':'ON'," + GivenPools.Sms
        + ",'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','EMAIL_OTP']}}",
        "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled")]
    [InlineData(
        "'MfaConfiguration':'ON'," + GivenPools.Sms
        + ",'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','WEB_AUTHN']}}",
        "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA.")]
    public void The_service_refuses_in_these_words(string given, string text) => Assert.Equal(
        $"InvalidParameterException: {text}", Shapes.Refusal(() => GivenPools.New($"'Name':'p',{given}")));

    [Theory]
    [InlineData("'AliasAttributes':['preferred_username'],"
        + "'SchemaAttributes':[{'Name':'preferred_username','Required':true}]")]
    [InlineData(
        "'EmailVerificationMessage':'A {####}','VerificationMessageTemplate':{'EmailMessage':'B {####}'}")]
    [InlineData("'EmailVerificationSubject':'A','VerificationMessageTemplate':{'EmailSubject':'B'}")]
    [InlineData(
        "'SmsVerificationMessage':'A {####}','VerificationMessageTemplate':{'SmsMessage':'B {####}'}")]
    [InlineData("'LambdaConfig':{'PreTokenGeneration':'" + GivenPools.Lambda + "',"
        + "'PreTokenGenerationConfig':{'LambdaVersion':'V1_0','LambdaArn':'" + GivenPools.Lambda + "2'}}")]
    [InlineData(
        "'LambdaConfig':{'CustomSMSSender':{'LambdaVersion':'V1_0','LambdaArn':"
        + "'" + GivenPools.Lambda + "'}}")]
    [InlineData("'LambdaConfig':{'CustomEmailSender':"
        + "{'LambdaVersion':'V1_0','LambdaArn':'" + GivenPools.Lambda + "'}}")]
    [InlineData("'AccountRecoverySetting':{'RecoveryMechanisms':"
        + "[{'Priority':1,'Name':'admin_only'},{'Priority':2,'Name':'verified_email'}]}")]
    [InlineData("'AccountRecoverySetting':{'RecoveryMechanisms':"
        + "[{'Priority':1,'Name':'verified_phone_number'},{'Priority':1,'Name':'verified_email'}]}")]
    [InlineData("'AccountRecoverySetting':{'RecoveryMechanisms':"
        + "[{'Priority':1,'Name':'verified_email'},{'Priority':2,'Name':'verified_email'}]}")]
    [InlineData("'EmailConfiguration':{'EmailSendingAccount':'DEVELOPER'}")]
    [InlineData("'SmsConfiguration':{}")]
    [InlineData("'SmsConfiguration':{'SnsCallerArn':'arn:aws:iam::123456789012:role/sms',"
        + "'EumsSms':{'CallerArn':'arn:aws:iam::123456789012:role/sms'}}")]
    [InlineData("'SmsConfiguration':{'EumsSms':{'CallerArn':'not an arn'}}")]
    [InlineData("'SmsConfiguration':{'EumsSms':"
        + "{'CallerArn':'arn:aws:iam::123456789012:role/sms','Region':'us-east-1'}}")]
    [InlineData("'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['WEB_AUTHN']}}")]
    [InlineData("'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','SOFTWARE_TOKEN']}}")]
    [InlineData("'KeyConfiguration':{'KeyType':'CUSTOMER_MANAGED_KEY'}")]
    [InlineData("'KeyConfiguration':{'KeyType':'AWS_OWNED_KEY','KmsKeyArn':'arn:aws:kms:eu-west-1:1:key/1'}")]
    [InlineData("'KeyConfiguration':{'KmsKeyArn':'arn:aws:iam::123456789012:role/sms'}")]
    [InlineData("'KeyConfiguration':{'KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:alias/mine'}")]
    [InlineData("'KeyConfiguration':{'KmsKeyArn':'arn:aws:kms:us-east-1:123456789012:key/1'}")]
    [InlineData("'AcrConfiguration':{'Level5':{'AcrValue':'urn:x'}}")]
    [InlineData("'AcrConfiguration':{'Level1':{'AcrValue':''}}")]
    [InlineData("'AcrConfiguration':{'Level1':{'AcrValue':'two words'}}")]
    [InlineData("'AcrConfiguration':{'Level1':{'AcrValue':'urn:cognito:loa:2'}}")]
    [InlineData("'AcrConfiguration':{'Level1':{'AcrValue':'urn:x'},'Level2':{'AcrValue':'urn:x'}}")]
    [InlineData("'DcrConfiguration':{'AllowedScopes':['two words']}")]
    public void These_are_invalid_parameters_whatever_the_words(string given) => Assert.StartsWith(
        "InvalidParameterException: ", Shapes.Refusal(() => GivenPools.New($"'Name':'p',{given}")));

    [Theory]
    [InlineData(
        "'UserPoolTier':'ESSENTIALS','UserPoolAddOns':{'AdvancedSecurityMode':'ENFORCED'}",
        "ESSENTIALS pricing tier configured: Threat Protection")]
    [InlineData(
        "'UserPoolTier':'LITE','Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD',"
        + "'WEB_AUTHN']}}",
        "LITE pricing tier configured: Passwordless Sign-In")]
    [InlineData(
        "'UserPoolTier':'LITE','LambdaConfig':{'PreTokenGenerationConfig':"
        + "{'LambdaVersion':'V2_0','LambdaArn':'" + GivenPools.Lambda + "'}}",
        "LITE pricing tier configured: Token Customization with Pre-Token Generation Lambda V2_0")]
    [InlineData(
        "'UserPoolTier':'LITE','UserPoolAddOns':{'AdvancedSecurityMode':'AUDIT'},'Policies':"
        + "{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','EMAIL_OTP']}}",
        "LITE pricing tier configured: Threat Protection, Passwordless Sign-In")]
    public void A_tier_lacks_what_larger_ones_have(string given, string text) =>
        Assert.Equal(Disabled + text, Shapes.Refusal(() => GivenPools.New($"'Name':'p',{given}")));

    [Theory]
    [InlineData("'Policies':{'PasswordPolicy':{'PasswordHistorySize':3}}")]
    [InlineData("'DcrConfiguration':{}")]
    [InlineData("'AcrConfiguration':{'Level1':{'AcrValue':'urn:x'}}")]
    public void The_smallest_tier_also_lacks(string given) => Assert.StartsWith(
        Disabled + "LITE pricing tier configured: ",
        Shapes.Refusal(() => GivenPools.New($"'Name':'p','UserPoolTier':'LITE',{given}")));

    [Theory]
    [InlineData("aws:x", "v")]
    [InlineData("", "v")]
    [InlineData("a;b", "v")]
    [InlineData("a", "v;w")]
    public void Tags_have_their_own_error(string key, string value) => Assert.StartsWith(
        "UserPoolTaggingException: ",
        Shapes.Refusal(() => PoolRules.New(
            new() { Name = "p", UserPoolTags = new Dictionary<string, string> { [key] = value } },
            GivenPools.Region)));

    [Fact]
    public void There_are_at_most_fifty_tags()
    {
        static IReadOnlyDictionary<string, string> Tags(int count) =>
            Enumerable.Range(0, count).ToDictionary(number => $"tag {number}", _ => "");

        Assert.Equal(50, TagRules.Checked(Tags(50))?.Count);
        Assert.StartsWith("UserPoolTaggingException: ", Shapes.Refusal(() => TagRules.Checked(Tags(51))));
    }
}
