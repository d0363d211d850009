using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class PoolUpdateTests
{
    /// <summary>A pool in which every settable member has another value than its default.</summary>
    private const string Everything =
        "'Name':'p','Policies':{'PasswordPolicy':{'MinimumLength':12,'TemporaryPasswordValidityDays':3,"
        + "'PasswordHistorySize':2},'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','EMAIL_OTP']}},"
        + "'DeletionProtection':'ACTIVE','LambdaConfig':{'PreSignUp':'" + GivenPools.Lambda + "'},"
        + "'SchemaAttributes':[{'Name':'role','AttributeDataType':'String'},{'Name':'email',"
        + "'Required':true}],"
        + "'AutoVerifiedAttributes':['email'],'AliasAttributes':['email'],"
        + "'VerificationMessageTemplate':{'EmailMessage':'Code {####}','EmailSubject':'Code',"
        + "'SmsMessage':'Code {####}','DefaultEmailOption':'CONFIRM_WITH_LINK'},"
        + "'SmsAuthenticationMessage':'Code {####}','MfaConfiguration':'OPTIONAL',"
        + "'UserAttributeUpdateSettings':{'AttributesRequireVerificationBeforeUpdate':[]},"
        + "'DeviceConfiguration':{'ChallengeRequiredOnNewDevice':true},"
        + "'EmailConfiguration':{'ReplyToEmailAddress':'a@b'}," + GivenPools.Sms + ","
        + "'UserPoolTags':{'team':'x'},'AdminCreateUserConfig':{'AllowAdminCreateUserOnly':true},"
        + "'UserPoolAddOns':{'AdvancedSecurityMode':'AUDIT'},'UsernameConfiguration':{'CaseSensitive':false},"
        + "'AccountRecoverySetting':{'RecoveryMechanisms':[{'Priority':1,'Name':'verified_email'}]},"
        + "'DcrConfiguration':{},'IssuerConfiguration':{'Type':'UPDATED'},"
        + "'KeyConfiguration':{'KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/1'},"
        + "'AcrConfiguration':{'Level1':{'AcrValue':'urn:x'}}";

    private static readonly UserPoolType Stored = GivenPools.New(Everything);

    [Theory]
    [InlineData("Policies", true)]
    [InlineData("DeletionProtection", true)]
    [InlineData("LambdaConfig", true)]
    [InlineData("AutoVerifiedAttributes", true)]
    [InlineData("VerificationMessageTemplate", true)]
    [InlineData("EmailVerificationMessage", true)]
    [InlineData("EmailVerificationSubject", true)]
    [InlineData("SmsVerificationMessage", true)]
    [InlineData("SmsAuthenticationMessage", true)]
    [InlineData("MfaConfiguration", true)]
    [InlineData("DeviceConfiguration", true)]
    [InlineData("EmailConfiguration", true)]
    [InlineData("SmsConfiguration", true)]
    [InlineData("UserPoolTags", true)]
    [InlineData("AdminCreateUserConfig", true)]
    [InlineData("UserPoolAddOns", true)]
    [InlineData("AccountRecoverySetting", true)]
    [InlineData("KeyConfiguration", true)]
    [InlineData("IssuerConfiguration", true)]
    [InlineData("AcrConfiguration", true)]
    [InlineData("Name", false)]
    [InlineData("SchemaAttributes", false)]
    [InlineData("AliasAttributes", false)]
    [InlineData("UsernameConfiguration", false)]
    [InlineData("UserAttributeUpdateSettings", false)]
    [InlineData("DcrConfiguration", false)]
    [InlineData("UserPoolTier", false)]
    public void An_empty_update_resets_all_but_these(string member, bool isReset)
    {
        var changed = Stored.Changed("");

        var before = Shown(Stored, member);
        var fresh = Shown(GivenPools.New("'Name':'fresh'"), member);
        Assert.NotEqual(before, fresh);
        Assert.Equal(isReset ? fresh : before, Shown(changed, member));
    }

    [Theory]
    [InlineData("'Name':'q'", "Name", "'q'")]
    [InlineData("'UserPoolTier':'PLUS'", "UserPoolTier", "'PLUS'")]
    [InlineData("'DcrConfiguration':{'EnableStatus':'Disabled'}", "DcrConfiguration",
        "{'EnableStatus':'Disabled','OpenDcrEnabled':false}")]
    [InlineData("'DeletionProtection':'ACTIVE'", "DeletionProtection", "'ACTIVE'")]
    [InlineData("'LambdaConfig':{}", "LambdaConfig", "{}")]
    public void What_is_given_replaces(string given, string member, string expected) =>
        GivenPools.New("'Name':'p'").Changed(given).ShouldHave(member, expected);

    [Fact]
    public void A_domain_stays() =>
        (GivenPools.New("'Name':'p'") with { Domain = "d" }).Changed("").ShouldHave("Domain", "'d'");

    [Fact]
    public void Settings_for_attribute_updates_persist_even_where_they_no_longer_fit()
    {
        var pool = GivenPools.New(
            "'Name':'p','AutoVerifiedAttributes':['email'],"
            + "'UserAttributeUpdateSettings':{'AttributesRequireVerificationBeforeUpdate':['email']}");

        Assert.Equal(
            "InvalidParameterException: "
            + "All attributes in AttributesRequireVerificationBeforeUpdate must exist "
            + "in AutoVerifiedAttributes",
            Shapes.Refusal(() => pool.Changed("'DeletionProtection':'ACTIVE'")));
    }

    [Theory]
    [InlineData("OFF")]
    [InlineData("OPTIONAL")]
    public void Required_mfa_can_only_be_there_from_the_beginning(string before) => Assert.Equal(
        "InvalidParameterException: Cannot turn MFA functionality ON, once the user pool has been created.",
        Shapes.Refusal(() => GivenPools.New($"'Name':'p','MfaConfiguration':'{before}',{GivenPools.Sms}")
            .Changed($"'MfaConfiguration':'ON',{GivenPools.Sms}")));

    [Theory]
    [InlineData("ON")]
    [InlineData("OPTIONAL")]
    [InlineData("OFF")]
    public void Required_mfa_can_stay_or_be_loosened(string after) =>
        GivenPools.New($"'Name':'p','MfaConfiguration':'ON',{GivenPools.Sms}")
            .Changed($"'MfaConfiguration':'{after}',{GivenPools.Sms}")
            .ShouldHave("MfaConfiguration", $"'{after}'");

    [Fact]
    public void Mfa_that_stands_on_sms_needs_it_in_every_update() => Assert.Equal(
        "InvalidParameterException: "
        + "SMS configuration and Auto verification for phone_number are required when MFA is "
        + "required/optional",
        Shapes.Refusal(() => GivenPools.New($"'Name':'p','MfaConfiguration':'ON',{GivenPools.Sms}")
            .Changed("'MfaConfiguration':'ON'")));

    public static TheoryData<PoolFactors, bool> Factors => new()
    {
        { PoolFactors.None, false },
        { new() { SoftwareToken = new() { Enabled = false } }, false },
        { new() { WebAuthn = new() { RelyingPartyId = "example.com" } }, false },
        { new() { SoftwareToken = new() { Enabled = true } }, true },
        { new() { Email = new() }, true },
    };

    [Theory, MemberData(nameof(Factors))]
    public void Mfa_that_stands_on_another_factor_needs_no_sms(PoolFactors factors, bool isEnough)
    {
        var pool = GivenPools.New("'Name':'p'") with { MfaConfiguration = UserPoolMfaType.On };

        foreach (var mfa in (string[])["ON", "OPTIONAL"])
        {
            var given = $"'MfaConfiguration':'{mfa}'";
            if (isEnough) pool.Changed(given, factors).ShouldHave("MfaConfiguration", $"'{mfa}'");
            else Assert.Throws<ApiException>(() => pool.Changed(given, factors));
        }
    }

    [Theory]
    [InlineData("SINGLE_FACTOR", false)]
    [InlineData("MULTI_FACTOR_WITH_USER_VERIFICATION", true)]
    public void Required_mfa_goes_together_with_passkeys_that_count_for_two(string factor, bool isAllowed)
    {
        var pool = GivenPools.New($"'Name':'p','MfaConfiguration':'ON',{GivenPools.Sms}");
        var factors = new PoolFactors { WebAuthn = new() { FactorConfiguration = factor } };
        var given = $"'MfaConfiguration':'ON',{GivenPools.Sms},"
            + "'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','WEB_AUTHN']}}";

        if (isAllowed) pool.Changed(given, factors).ShouldHave("MfaConfiguration", "'ON'");
        else Assert.Throws<ApiException>(() => pool.Changed(given, factors));
    }

    [Fact]
    public void Factors_can_hold_a_tier()
    {
        var pool = GivenPools.New("'Name':'p'");
        var factors = new PoolFactors
        {
            Email = new(),
            WebAuthn = new() { FactorConfiguration = "MULTI_FACTOR_WITH_USER_VERIFICATION" },
        };

        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
            + "tier configured: Email MFA, Passkey MFA",
            Shapes.Refusal(() => pool.Changed("'UserPoolTier':'LITE'", factors)));
    }

    [Theory]
    [InlineData("'UserPoolTier':'ESSENTIALS'", "'UserPoolAddOns':{'AdvancedSecurityMode':'AUDIT'}",
        "TierChangeNotAllowedException: The following features need to be disabled for "
        + "the ESSENTIALS pricing "
        + "tier configured: Threat Protection")]
    [InlineData("'UserPoolTier':'LITE'", "'DcrConfiguration':{'EnableStatus':'Enabled'}",
        "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
        + "tier configured: Dynamic Client Registration")]
    public void A_tier_cannot_shrink_below_what_is_in_use(string tier, string feature, string refusal)
    {
        var pool = GivenPools.New($"'Name':'p','UserPoolTier':'PLUS',{feature}");

        Assert.Equal(refusal, Shapes.Refusal(() => pool.Changed($"{tier},{feature}")));
    }

    [Fact]
    public void A_feature_asked_for_together_with_a_smaller_tier_is_not_in_it() => Assert.Equal(
        "FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing "
        + "tier configured: Passwordless Sign-In",
        Shapes.Refusal(() => GivenPools.New("'Name':'p'").Changed(
            "'UserPoolTier':'LITE','Policies':"
            + "{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','EMAIL_OTP']}}")));

    [Fact]
    public void App_clients_can_hold_a_tier()
    {
        var pool = GivenPools.New("'Name':'p'");
        var given = GivenPools.Given("'UserPoolTier':'LITE'");
        var client = new UserPoolClientType
        {
            RefreshTokenRotation = new() { Feature = FeatureType.Enabled },
        };

        Assert.True(PoolRules.NeedsClients(pool, given));
        Assert.False(PoolRules.NeedsClients(pool, GivenPools.Given("'UserPoolTier':'PLUS'")));
        Assert.False(PoolRules.NeedsClients(pool, GivenPools.Given("")));
        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
            + "tier configured: Refresh Token Rotation",
            Shapes.Refusal(
                () => PoolRules.Changed(pool, given, GivenPools.Region, PoolFactors.None, [client])));
    }

    private static string Shown(UserPoolType pool, string member)
    {
        using var document = System.Text.Json.JsonDocument.Parse(WireBody.ToBytes(pool));
        return document.RootElement.TryGetProperty(member, out var value) ? value.GetRawText() : "absent";
    }
}
