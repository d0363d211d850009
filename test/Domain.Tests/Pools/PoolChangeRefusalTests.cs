using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

/// <summary>What a pool cannot be changed to, because of what it is or what hangs on it.</summary>
public sealed class PoolChangeRefusalTests
{
    private const string MultiRegionKey =
        "'KeyConfiguration':{'KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/mrk-1'}";

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

    [Theory]
    [InlineData("ON")]
    [InlineData("OPTIONAL")]
    public void Mfa_goes_off_where_an_update_says_nothing_about_it(string mfa) =>
        GivenPools.New($"'Name':'p','MfaConfiguration':'{mfa}',{GivenPools.Sms}")
            .Changed("")
            .ShouldHave("MfaConfiguration", "'OFF'");

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
        var factors = new PoolFactors
        {
            Email = new(),
            WebAuthn = new() { FactorConfiguration = "MULTI_FACTOR_WITH_USER_VERIFICATION" },
        };

        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
            + "tier configured: Email MFA, Passkey MFA",
            Shapes.Refusal(() => GivenPools.New("'Name':'p'").Changed("'UserPoolTier':'LITE'", factors)));
    }

    [Fact]
    public void A_first_factor_that_is_given_again_needs_its_sms_again()
    {
        const string factors =
            "'Policies':{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','SMS_OTP']}}";
        var pool = GivenPools.New($"'Name':'p',{factors},{GivenPools.Sms}");

        Assert.Equal(
            "InvalidParameterException: "
            + "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration",
            Shapes.Refusal(() => pool.Changed(factors)));
        pool.Changed("").ShouldHave("SmsConfiguration", "absent");
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
    public void What_an_update_keeps_holds_the_tier() => Assert.Equal(
        "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
        + "tier configured: Dynamic Client Registration",
        Shapes.Refusal(() => GivenPools.New("'Name':'p','DcrConfiguration':{'EnableStatus':'Enabled'}")
            .Changed("'UserPoolTier':'LITE'")));

    [Theory]
    [InlineData("'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','EMAIL_OTP']}")]
    [InlineData("'PasswordPolicy':{'PasswordHistorySize':3}")]
    public void What_an_update_resets_does_not_hold_the_tier(string policy) =>
        GivenPools.New($"'Name':'p','Policies':{{{policy}}}")
            .Changed("'UserPoolTier':'LITE'")
            .ShouldHave("UserPoolTier", "'LITE'");

    [Fact]
    public void Passwords_alone_fit_the_smallest_tier()
    {
        var pool = GivenPools.New("'Name':'p'").Changed("'UserPoolTier':'LITE'");

        pool.ShouldHave("UserPoolTier", "'LITE'");
        pool.Policies!.ShouldHave("SignInPolicy", "absent");
        pool.Changed("'UserPoolTier':'ESSENTIALS'").Policies!
            .ShouldHave("SignInPolicy", "{'AllowedFirstAuthFactors':['PASSWORD']}");
    }

    [Fact]
    public void A_feature_asked_for_together_with_a_smaller_tier_is_not_in_it() => Assert.Equal(
        "FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing "
        + "tier configured: Passwordless Sign-In",
        Shapes.Refusal(() => GivenPools.New("'Name':'p'").Changed(
            "'UserPoolTier':'LITE','Policies':"
            + "{'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','EMAIL_OTP']}}")));

    [Fact]
    public void App_clients_and_replicas_can_hold_a_tier()
    {
        var pool = GivenPools.New("'Name':'p'");
        var client = new UserPoolClientType
        {
            RefreshTokenRotation = new() { Feature = FeatureType.Enabled },
        };

        Assert.Equal(
            "TierChangeNotAllowedException: The following features need to be disabled for the LITE pricing "
            + "tier configured: Refresh Token Rotation, Multi-Region Replication",
            Shapes.Refusal(
                () => pool.Changed("'UserPoolTier':'LITE'", use: new([client], HasReplica: true))));
    }

    [Theory]
    [InlineData("'UserPoolTier':'LITE'", true)]
    [InlineData("'UserPoolTier':'PLUS'", false)]
    [InlineData("'KeyConfiguration':{}", true)]
    [InlineData("", false)]
    public void What_hangs_on_a_pool_is_looked_at_where_it_matters(string given, bool isNeeded) =>
        Assert.Equal(
            isNeeded, PoolRules.NeedsUse(GivenPools.New("'Name':'p'"), GivenPools.Given(given)));

    [Theory]
    [InlineData("'KeyConfiguration':{'KeyType':'AWS_OWNED_KEY'}")]
    [InlineData("'KeyConfiguration':{'KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/1'}")]
    public void A_replica_holds_the_multi_region_key(string given)
    {
        var pool = GivenPools.New($"'Name':'p',{MultiRegionKey}");

        Assert.StartsWith(
            "InvalidParameterException: Invalid key configuration: ",
            Shapes.Refusal(() => pool.Changed(given, use: new([], HasReplica: true))));
        pool.Changed(given).ShouldHave("Name", "'p'");
        pool.Changed(MultiRegionKey, use: new([], HasReplica: true)).ShouldHave("Name", "'p'");
    }

    [Theory]
    [InlineData(
        "'DeletionProtection':'ACTIVE','Domain':'d'", true,
        "The user pool cannot be deleted because deletion protection is activated. "
        + "Deletion protection must be inactivated first.")]
    [InlineData(
        "'DeletionProtection':'INACTIVE','Domain':'d'", true,
        "User pool cannot be deleted. It has a domain configured that should be deleted first.")]
    [InlineData(
        "'CustomDomain':'d'", false,
        "User pool cannot be deleted. It has a domain configured that should be deleted first.")]
    [InlineData(
        "'Name':'p'", true,
        "User pool cannot be deleted. It has a replica configured that should be deleted first.")]
    public void A_pool_that_is_held_cannot_be_deleted(string stored, bool hasReplica, string text) =>
        Assert.Equal(
            $"InvalidParameterException: {text}",
            Shapes.Refusal(() => PoolRules.CheckDeletable(GivenPools.Given(stored), hasReplica)));

    [Fact]
    public void A_pool_that_nothing_holds_can_be_deleted() =>
        PoolRules.CheckDeletable(GivenPools.New("'Name':'p'"), hasReplica: false);
}
