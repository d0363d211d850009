using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class PoolUpdateTests
{
    private const string Texts =
        "'VerificationMessageTemplate':{'EmailMessage':'Code {####}','EmailSubject':'Code',"
        + "'SmsMessage':'Code {####}','EmailMessageByLink':'See {##here##}','EmailSubjectByLink':'Link',"
        + "'DefaultEmailOption':'CONFIRM_WITH_LINK'}";

    /// <summary>A pool in which every settable member has another value than its default, but for MFA, which
    /// has tests of its own.</summary>
    private const string Everything =
        "'Name':'p','Policies':{'PasswordPolicy':{'MinimumLength':12,'TemporaryPasswordValidityDays':3,"
        + "'PasswordHistorySize':2},'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','EMAIL_OTP']}},"
        + "'DeletionProtection':'ACTIVE','LambdaConfig':{'PreSignUp':'" + GivenPools.Lambda + "'},"
        + "'SchemaAttributes':[{'Name':'role','AttributeDataType':'String'},{'Name':'email',"
        + "'Required':true}],"
        + "'AutoVerifiedAttributes':['email'],'AliasAttributes':['email']," + Texts + ","
        + "'SmsAuthenticationMessage':'Code {####}',"
        + "'UserAttributeUpdateSettings':{'AttributesRequireVerificationBeforeUpdate':[]},"
        + "'DeviceConfiguration':{'ChallengeRequiredOnNewDevice':true},"
        + "'EmailConfiguration':{'ReplyToEmailAddress':'a@b'}," + GivenPools.Sms + ","
        + "'UserPoolTags':{'team':'x'},'AdminCreateUserConfig':{'AllowAdminCreateUserOnly':true},"
        + "'UserPoolAddOns':{'AdvancedSecurityMode':'AUDIT'},'UsernameConfiguration':{'CaseSensitive':false},"
        + "'AccountRecoverySetting':{'RecoveryMechanisms':[{'Priority':1,'Name':'verified_email'}]},"
        + "'DcrConfiguration':{},'IssuerConfiguration':{'Type':'UPDATED'},'KeyConfiguration':" + Key + ","
        + "'AcrConfiguration':{'Level1':{'AcrValue':'urn:x'}}";

    private const string Key =
        "{'KeyType':'CUSTOMER_MANAGED_KEY','KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/1'}";

    private const string OtherKey =
        "{'KeyType':'CUSTOMER_MANAGED_KEY','KmsKeyArn':'arn:aws:kms:eu-west-1:123456789012:key/2'}";

    private const string Factor = "'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD']}";

    private const string Strict =
        "'MinimumLength':8,'RequireUppercase':true,'RequireLowercase':true,'RequireNumbers':true,"
        + "'RequireSymbols':true,'TemporaryPasswordValidityDays':7";

    private const string Levels =
        "{'Level1':{'AcrValue':'NAME'},'Level2':{'AcrValue':'urn:cognito:loa:2'},"
        + "'Level3':{'AcrValue':'urn:cognito:loa:3'},'Level4':{'AcrValue':'urn:cognito:loa:4'}}";

    private const string Absent = "absent";

    private static readonly UserPoolType Stored = GivenPools.New(Everything);

    /// <summary>For each member of the request: a value, what is shown when it is given, and what is shown
    /// when another member is given instead.</summary>
    private static readonly (string Member, string Given, string Shown, string Left)[] Members =
    [
        // Kept where they are left out.
        ("Name", "'q'", "'q'", "'p'"),
        ("UserAttributeUpdateSettings", "{}", "{'AttributesRequireVerificationBeforeUpdate':[]}",
            "{'AttributesRequireVerificationBeforeUpdate':[]}"),
        ("UserPoolTier", "'ESSENTIALS'", "'ESSENTIALS'", "'PLUS'"),
        ("DcrConfiguration", "{'EnableStatus':'Disabled'}", "{'EnableStatus':'Disabled',"
            + "'OpenDcrEnabled':false}", "{'EnableStatus':'Enabled','OpenDcrEnabled':false}"),
        ("KeyConfiguration", OtherKey, OtherKey, Key),
        ("IssuerConfiguration", "{'Type':'ORIGINAL'}", "{'Type':'ORIGINAL'}", "{'Type':'UPDATED'}"),
        // Reset where they are left out.
        ("Policies", "{'PasswordPolicy':{'MinimumLength':9,'TemporaryPasswordValidityDays':9}}",
            "{'PasswordPolicy':{'MinimumLength':9,'RequireUppercase':false,'RequireLowercase':false,"
            + "'RequireNumbers':false,'RequireSymbols':false,'TemporaryPasswordValidityDays':9}," + Factor
            + "}",
            "{'PasswordPolicy':{" + Strict + "}," + Factor + "}"),
        ("MfaConfiguration", "'OFF'", "'OFF'", "'OFF'"),
        ("DeletionProtection", "'ACTIVE'", "'ACTIVE'", "'INACTIVE'"),
        ("LambdaConfig", "{'PostConfirmation':'" + GivenPools.Lambda + "'}",
            "{'PostConfirmation':'" + GivenPools.Lambda + "'}", "{}"),
        ("AutoVerifiedAttributes", "['email']", "['email']", Absent),
        ("VerificationMessageTemplate", "{'EmailSubject':'S'}",
            "{'EmailSubject':'S','DefaultEmailOption':'CONFIRM_WITH_CODE'}",
            "{'DefaultEmailOption':'CONFIRM_WITH_CODE'}"),
        ("EmailVerificationMessage", "'M {####}'", "'M {####}'", Absent),
        ("EmailVerificationSubject", "'S'", "'S'", Absent),
        ("SmsVerificationMessage", "'M {####}'", "'M {####}'", Absent),
        ("SmsAuthenticationMessage", "'M {####}'", "'M {####}'", Absent),
        ("DeviceConfiguration", "{'DeviceOnlyRememberedOnUserPrompt':true}",
            "{'ChallengeRequiredOnNewDevice':false,'DeviceOnlyRememberedOnUserPrompt':true}", Absent),
        ("EmailConfiguration", "{'ReplyToEmailAddress':'c@d'}",
            "{'ReplyToEmailAddress':'c@d','EmailSendingAccount':'COGNITO_DEFAULT'}",
            "{'EmailSendingAccount':'COGNITO_DEFAULT'}"),
        ("SmsConfiguration", "{'SnsCallerArn':'arn:aws:iam::123456789012:role/other'}",
            "{'SnsCallerArn':'arn:aws:iam::123456789012:role/other'}", Absent),
        ("UserPoolTags", "{'team':'y'}", "{'team':'y'}", Absent),
        ("AdminCreateUserConfig", "{'AllowAdminCreateUserOnly':true,'UnusedAccountValidityDays':4}",
            "{'AllowAdminCreateUserOnly':true,'UnusedAccountValidityDays':4}",
            "{'AllowAdminCreateUserOnly':false,'UnusedAccountValidityDays':7}"),
        ("UserPoolAddOns", "{'AdvancedSecurityMode':'OFF'}", "{'AdvancedSecurityMode':'OFF'}", Absent),
        ("AccountRecoverySetting", "{'RecoveryMechanisms':[{'Priority':1,'Name':'admin_only'}]}",
            "{'RecoveryMechanisms':[{'Priority':1,'Name':'admin_only'}]}", Absent),
        ("AcrConfiguration", "{'Level1':{'AcrValue':'urn:y'}}", Levels.Replace("NAME", "urn:y"),
            Levels.Replace("NAME", "urn:cognito:loa:1")),
        // No members of the request.
        ("SchemaAttributes", Absent, Absent, Shown(Stored, "SchemaAttributes")),
        ("AliasAttributes", Absent, Absent, "['email']"),
        ("UsernameConfiguration", Absent, Absent, "{'CaseSensitive':false}"),
    ];

    /// <summary>What else a given member changes.</summary>
    private static readonly Dictionary<(string Given, string Shown), string> Coupled = new()
    {
        [("Policies", "AdminCreateUserConfig")] =
            "{'AllowAdminCreateUserOnly':false,'UnusedAccountValidityDays':9}",
        [("AdminCreateUserConfig", "Policies")] =
            "{'PasswordPolicy':{" + Strict.Replace("7", "4") + "}," + Factor + "}",
        [("VerificationMessageTemplate", "EmailVerificationSubject")] = "'S'",
        [("EmailVerificationMessage", "VerificationMessageTemplate")] =
            "{'EmailMessage':'M {####}','DefaultEmailOption':'CONFIRM_WITH_CODE'}",
        [("EmailVerificationSubject", "VerificationMessageTemplate")] =
            "{'EmailSubject':'S','DefaultEmailOption':'CONFIRM_WITH_CODE'}",
        [("SmsVerificationMessage", "VerificationMessageTemplate")] =
            "{'SmsMessage':'M {####}','DefaultEmailOption':'CONFIRM_WITH_CODE'}",
    };

    public static TheoryData<string> Settable =>
        [.. Members.Where(each => each.Given != Absent).Select(each => each.Member)];

    [Theory, MemberData(nameof(Settable))]
    public void One_member_is_replaced_and_of_the_others_some_stay_and_most_go_back(string member)
    {
        var changed = Stored.Changed($"'{member}':{Members.Single(each => each.Member == member).Given}");

        Assert.All(Members, each => Assert.Equal(
            (each.Member, Expected(member, each)), (each.Member, Shown(changed, each.Member))));
    }

    [Fact]
    public void An_empty_update_resets_the_same_as_any_other() => Assert.All(Members, each => Assert.Equal(
        (each.Member, Expected("", each)), (each.Member, Shown(Stored.Changed(""), each.Member))));

    [Fact]
    public void No_member_of_the_request_is_forgotten()
    {
        var settable = typeof(UpdateUserPoolRequest).GetProperties()
            .Where(property => property.DeclaringType == typeof(UpdateUserPoolRequest))
            .Select(property => property.Name)
            .Where(name => name is not ("UserPoolId" or "NeedsBody" or "EqualityContract"))
            .Select(name => name == "PoolName" ? "Name" : name);

        Assert.Equal(settable.Order(), Settable.Select(row => row.Data).Order());
        Assert.All(Members, each => Assert.NotEqual(
            Shown(GivenPools.New("'Name':'fresh'"), each.Member),
            each.Member == "MfaConfiguration" ? "" : Shown(Stored, each.Member)));
    }

    [Theory]
    [InlineData("'SignInPolicy':{'AllowedFirstAuthFactors':['PASSWORD','WEB_AUTHN']}",
        Strict, "'PASSWORD','WEB_AUTHN'")]
    [InlineData("'PasswordPolicy':{'RequireNumbers':true}",
        "'MinimumLength':8,'RequireUppercase':false,'RequireLowercase':false,'RequireNumbers':true,"
        + "'RequireSymbols':false,'TemporaryPasswordValidityDays':7", "'PASSWORD'")]
    [InlineData("", Strict, "'PASSWORD'")]
    public void A_policy_that_is_given_resets_the_other(string given, string passwords, string factors)
    {
        var policies = Stored.Changed($"'Policies':{{{given}}}").Policies!;

        policies.ShouldHave("PasswordPolicy", $"{{{passwords}}}");
        policies.ShouldHave("SignInPolicy", $"{{'AllowedFirstAuthFactors':[{factors}]}}");
    }

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

    private static string Expected(
        string given, (string Member, string Given, string Shown, string Left) each) => each.Member == given
        ? Plain(each.Shown)
        : Plain(Coupled.GetValueOrDefault((given, each.Member), each.Left));

    /// <summary>The same JSON whatever the order of its members.</summary>
    private static string Plain(string json) => json == Absent
        ? Absent
        : Sorted(JsonNode.Parse(json.Replace('\'', '"')))!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node is JsonObject map
        ? new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value))))
        : node?.DeepClone();

    private static string Shown(UserPoolType pool, string member)
    {
        using var document = JsonDocument.Parse(WireBody.ToBytes(pool));
        return document.RootElement.TryGetProperty(member, out var value)
            ? Plain(value.GetRawText())
            : Absent;
    }
}
