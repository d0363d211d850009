using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Replicas;
using Lifeguard.Domain.Tests.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Replicas;

public sealed class ReplicaTests
{
    private const string Lambda = "arn:aws:lambda:us-west-2:123456789012:function:f";

    [Fact]
    public void A_new_replica_has_none_of_the_other_regions_senders_and_triggers()
    {
        var pool = GivenReplicas.Pool(
            $"{GivenReplicas.Key},{GivenPools.Sms},'LambdaConfig':{{'PreSignUp':'{GivenPools.Lambda}'}},"
            + "'UserPoolTags':{'team':'x'},'EmailConfiguration':{'ReplyToEmailAddress':'a@b'},"
            + "'DeletionProtection':'ACTIVE'");
        var replica = ReplicaRules.New(
            pool,
            "us-west-2",
            new Dictionary<string, string> { ["team"] = "y" },
            [],
            GivenReplicas.Deployment,
            GivenReplicas.Created.AddDays(1));

        Assert.False(replica.IsActive);
        var seen = replica.ViewOf(pool);
        Assert.Equal(("us-west-2", "eu-west-1"), (seen.SeenIn, seen.Region));
        Assert.Equal(replica.ModifiedAt, seen.ModifiedAt);
        seen.Settings.ShouldHave("LambdaConfig", "{}");
        seen.Settings.ShouldHave("SmsConfiguration", "absent");
        seen.Settings.ShouldHave("EmailConfiguration", "{'EmailSendingAccount':'COGNITO_DEFAULT'}");
        seen.Settings.ShouldHave("UserPoolTags", "{'team':'y'}");
        seen.Settings.ShouldHave("DeletionProtection", "'ACTIVE'");
    }

    [Fact]
    public void Both_are_described_with_the_arn_of_their_region()
    {
        GivenReplicas.In("us-west-2").Describe(GivenReplicas.Deployment).ShouldBe(
            """
            {'RegionName':'us-west-2','Status':'INACTIVE','Role':'SECONDARY',
             'UserPoolArn':'arn:aws:cognito-idp:us-west-2:123456789012:userpool/eu-west-1_Ab1Cd2Ef3'}
            """);
        UserPoolReplica.DescribePrimary(GivenReplicas.Pool("'MfaConfiguration':'OFF'"),
            GivenReplicas.Deployment).ShouldBe(
            """
            {'RegionName':'eu-west-1','Status':'ACTIVE','Role':'PRIMARY',
             'UserPoolArn':'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3'}
            """);
    }

    [Theory]
    [InlineData(ReplicaUse.Always, "INACTIVE", true)]
    [InlineData(ReplicaUse.Always, "ACTIVE", true)]
    [InlineData(ReplicaUse.Active, "INACTIVE", false)]
    [InlineData(ReplicaUse.Active, "ACTIVE", true)]
    [InlineData(ReplicaUse.Never, "INACTIVE", false)]
    [InlineData(ReplicaUse.Never, "ACTIVE", false)]
    public void What_works_depends_on_the_status(ReplicaUse use, string status, bool works) =>
        Assert.Equal(works, (GivenReplicas.In("us-west-2") with { Status = status }).Serves(use));

    [Theory]
    // What is regional.
    [InlineData("'LambdaConfig':{'PreSignUp':'" + Lambda + "'}", "LambdaConfig",
        "{'PreSignUp':'" + Lambda + "'}")]
    [InlineData("'UserPoolTags':{'a':'b'}", "UserPoolTags", "{'a':'b'}")]
    [InlineData("'EmailConfiguration':{'ReplyToEmailAddress':'c@d'}", "EmailConfiguration",
        "{'ReplyToEmailAddress':'c@d','EmailSendingAccount':'COGNITO_DEFAULT'}")]
    [InlineData(GivenPools.Sms, "SmsConfiguration",
        "{'SnsCallerArn':'arn:aws:iam::123456789012:role/sms','ExternalId':'x'}")]
    // What is left out goes back to its default, as in the pool's own region.
    [InlineData("'LambdaConfig':{}", "UserPoolTags", "absent")]
    // What is not regional may be sent along as it is.
    [InlineData("'DeletionProtection':'ACTIVE','UserPoolTags':{'a':'b'}", "UserPoolTags", "{'a':'b'}")]
    [InlineData("'Name':'p','MfaConfiguration':'OFF','Policies':{'SignInPolicy':"
        + "{'AllowedFirstAuthFactors':['PASSWORD']},'PasswordPolicy':{'TemporaryPasswordValidityDays':7,"
        + "'RequireUppercase':true,'RequireLowercase':true,'RequireNumbers':true,'RequireSymbols':true,"
        + "'MinimumLength':8}}", "LambdaConfig", "{}")]
    public void Its_own_settings_can_be_changed(string given, string member, string expected)
    {
        var pool = GivenReplicas.Pool($"{GivenReplicas.Key},'DeletionProtection':'ACTIVE'");
        var replica = ReplicaRules.New(
            pool,
            "us-west-2",
            new Dictionary<string, string> { ["old"] = "tag" },
            [],
            GivenReplicas.Deployment,
            GivenReplicas.Created);

        var changed = RegionalRules.Changed(
            replica, pool, GivenPools.Given(given), GivenReplicas.Created.AddDays(2));

        Assert.Equal(GivenReplicas.Created.AddDays(2), changed.ModifiedAt);
        changed.Settings.ShouldHave(member, expected);
    }

    [Theory]
    [InlineData("'Name':'q'", "PoolName")]
    [InlineData("'DeletionProtection':'INACTIVE'", "DeletionProtection")]
    [InlineData("'Policies':{'PasswordPolicy':{'MinimumLength':9}}", "Policies")]
    [InlineData("'KeyConfiguration':{'KeyType':'AWS_OWNED_KEY'}", "KeyConfiguration")]
    [InlineData("'IssuerConfiguration':{'Type':'UPDATED'}", "IssuerConfiguration")]
    [InlineData("'DeviceConfiguration':{'ChallengeRequiredOnNewDevice':true}", "DeviceConfiguration")]
    public void All_others_cannot(string given, string member) => Assert.Equal(
        $"InvalidParameterException: {member} cannot be changed in a secondary Region.",
        Shapes.Refusal(() => RegionalRules.Changed(
            GivenReplicas.In("us-west-2"),
            GivenReplicas.Pool($"{GivenReplicas.Key},'DeletionProtection':'ACTIVE'"),
            GivenPools.Given(given),
            default)));

    [Fact]
    public void Of_its_second_factors_the_sender_of_sms_is_its_own()
    {
        var pool = GivenReplicas.Pool($"{GivenReplicas.Key},'MfaConfiguration':'ON',{GivenPools.Sms}");
        var replica = GivenReplicas.In("us-west-2");
        const string Role = "arn:aws:iam::123456789012:role/there";

        var changed = RegionalRules.Changed(
            replica, pool, Sms(Role) with { Mfa = "ON" }, GivenReplicas.Created.AddDays(2));

        Assert.Equal(GivenReplicas.Created.AddDays(2), changed.ModifiedAt);
        Assert.Equal(Role, changed.Settings.SmsConfiguration!.SnsCallerArn);
        Assert.Equal("us-west-2", changed.Settings.SmsConfiguration.SnsRegion);
    }

    public static TheoryData<string, GivenFactors> OtherFactors => new()
    {
        { "MfaConfiguration", Sms() with { Mfa = "OPTIONAL" } },
        { "SmsAuthenticationMessage", Sms("arn:aws:iam::1:role/r", "It is {####}.") },
        { "SoftwareTokenMfaConfiguration", Sms() with { SoftwareToken = new() { Enabled = true } } },
        { "EmailMfaConfiguration", Sms() with { Email = new() { Subject = "Code" } } },
        { "WebAuthnConfiguration", Sms() with { WebAuthn = new() { RelyingPartyId = "a.example" } } },
    };

    [Theory, MemberData(nameof(OtherFactors))]
    public void All_other_factors_are_the_pools(string member, GivenFactors given) => Assert.Equal(
        $"InvalidParameterException: {member} cannot be changed in a secondary Region.",
        Shapes.Refusal(() => RegionalRules.Changed(
            GivenReplicas.In("us-west-2"),
            GivenReplicas.Pool($"{GivenReplicas.Key},'MfaConfiguration':'ON',{GivenPools.Sms}"),
            given with { Mfa = given.Mfa ?? "ON" },
            default)));

    [Theory]
    [InlineData("'UserPoolTags':{'aws:x':'y'}", "UserPoolTaggingException")]
    [InlineData("'SmsConfiguration':{'EumsSms':{'CallerArn':'arn:aws:iam::123456789012:role/sms',"
        + "'Region':'eu-west-1'}}", "InvalidParameterException")]
    [InlineData("'EmailConfiguration':{'EmailSendingAccount':'DEVELOPER'}", "InvalidParameterException")]
    public void They_obey_the_rules_of_the_replicas_region(string given, string code) => Assert.StartsWith(
        code,
        Shapes.Refusal(() => RegionalRules.Changed(
            GivenReplicas.In("us-west-2"),
            GivenReplicas.Pool(GivenReplicas.Key),
            GivenPools.Given(given),
            default)));

    [Theory]
    [InlineData("eu-west-1", true)]
    [InlineData("us-gov-east-1", true)]
    [InlineData("ap-southeast-12", true)]
    [InlineData("eu-west-1\n", false)]
    [InlineData("EU-WEST-1", false)]
    [InlineData("eu-west", false)]
    [InlineData("../etc/passwd-1", false)]
    public void Regions_have_a_form(string text, bool isValid) =>
        Assert.Equal(isValid, RegionName.IsValid(text));

    [Theory]
    [InlineData("cognito-idp.eu-west-1.amazonaws.com", "eu-west-1")]
    [InlineData("cognito-idp.eu-west-1.localhost:9229", "eu-west-1")]
    [InlineData("COGNITO-IDP.EU-WEST-1.EXAMPLE.COM", "eu-west-1")]
    [InlineData("cognito-idp-fips.us-east-2.amazonaws.com", "us-east-2")]
    [InlineData("cognito-idp.eu-west-1", null)]
    [InlineData("cognito-idp.example.com", null)]
    [InlineData("eu-west-1.example.com", null)]
    [InlineData("127.0.0.1:9229", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Host_names_of_the_service_name_a_region(string? host, string? region) =>
        Assert.Equal(region, RegionName.InHost(host));

    private static GivenFactors Sms(
        string role = "arn:aws:iam::123456789012:role/sms", string? text = null) =>
        new(
            null,
            new() { SmsConfiguration = new() { SnsCallerArn = role }, SmsAuthenticationMessage = text },
            null,
            null,
            null);
}
