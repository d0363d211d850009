using Lifeguard.Domain.Access;

namespace Lifeguard.Adapters.Tests;

public sealed class AccessPolicyTests
{
    private const string Pool = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI";

    [Theory]
    [InlineData("cognito-idp:*", "*", AccessDecision.Allowed)]
    [InlineData("*", "*", AccessDecision.Allowed)]
    [InlineData("COGNITO-IDP:admingetuser", "*", AccessDecision.Allowed)]
    [InlineData("cognito-idp:Admin*", "*", AccessDecision.Allowed)]
    [InlineData("cognito-idp:Admin*User", "*", AccessDecision.Allowed)]
    [InlineData("cognito-idp:AdminGet????", "*", AccessDecision.Allowed)]
    [InlineData("cognito-idp:AdminGet???", "*", AccessDecision.ImplicitlyDenied)]
    [InlineData("cognito-idp:AdminGetUserX", "*", AccessDecision.ImplicitlyDenied)]
    [InlineData("cognito-identity:*", "*", AccessDecision.ImplicitlyDenied)]
    [InlineData("cognito-idp:*", Pool, AccessDecision.Allowed)]
    [InlineData("cognito-idp:*", "arn:aws:cognito-idp:*:*:userpool/*", AccessDecision.Allowed)]
    [InlineData("cognito-idp:*", "arn:*:cognito-idp:eu-*:111122223333:*", AccessDecision.Allowed)]
    [InlineData("cognito-idp:*", "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_abcdefghi",
        AccessDecision.ImplicitlyDenied)]
    [InlineData("cognito-idp:*", "arn:aws:cognito-idp:*:userpool/eu-west-1_AbCdEfGhI:*",
        AccessDecision.ImplicitlyDenied)]
    [InlineData("cognito-idp:*", "arn:aws:cognito-idp:us-*:*:userpool/*", AccessDecision.ImplicitlyDenied)]
    public void Decides_by_action_and_resource(string action, string resource, AccessDecision expected)
    {
        var policy = Policy($$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""");

        Assert.Equal(expected, policy.Evaluate("cognito-idp:AdminGetUser", Pool));
    }

    [Fact]
    public void An_explicit_deny_wins_wherever_it_stands()
    {
        var policy = Policy(
            """{"Effect":"Deny","Action":"cognito-idp:Delete*","Resource":"*"}""",
            """{"Effect":"Allow","Action":"cognito-idp:*","Resource":"*"}""");

        Assert.Equal(AccessDecision.ExplicitlyDenied, policy.Evaluate("cognito-idp:DeleteUserPool", Pool));
        Assert.Equal(AccessDecision.Allowed, policy.Evaluate("cognito-idp:DescribeUserPool", Pool));
    }

    [Fact]
    public void NotAction_and_NotResource_speak_of_everything_else()
    {
        var policy = Policy(
            $$"""{"Effect":"Allow","NotAction":["cognito-idp:Delete*"],"NotResource":"{{Pool}}"}""");

        Assert.Equal(AccessDecision.ImplicitlyDenied, policy.Evaluate("cognito-idp:AdminGetUser", Pool));
        Assert.Equal(AccessDecision.Allowed, policy.Evaluate("cognito-idp:AdminGetUser", Pool + "2"));
        Assert.Equal(AccessDecision.ImplicitlyDenied, policy.Evaluate("cognito-idp:DeleteGroup", Pool + "2"));
    }

    [Fact]
    public void Operations_without_a_resource_need_a_star()
    {
        var ofPools = Policy(
            """{"Effect":"Allow","Action":"*","Resource":"arn:aws:cognito-idp:*:*:userpool/*"}""");

        Assert.Equal(AccessDecision.ImplicitlyDenied, ofPools.Evaluate("cognito-idp:ListUserPools", "*"));
        Assert.Equal(
            AccessDecision.Allowed, AccessPolicy.Administrator.Evaluate("cognito-idp:ListUserPools", "*"));
    }

    [Fact]
    public void The_administrator_may_do_all_of_this_service_and_nothing_of_others()
    {
        Assert.Equal(
            AccessDecision.Allowed, AccessPolicy.Administrator.Evaluate("cognito-idp:DeleteUserPool", Pool));
        Assert.Equal(
            AccessDecision.ImplicitlyDenied, AccessPolicy.Administrator.Evaluate("iam:CreateUser", Pool));
    }

    [Fact]
    public void One_statement_need_not_be_a_list()
    {
        var policy = AccessPolicy.Parse("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");

        Assert.Equal(AccessDecision.Allowed, policy.Evaluate("cognito-idp:AdminGetUser", Pool));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "The policy must be an object")]
    [InlineData("{}", "no Statement")]
    [InlineData("""{"Statement":[]}""", "no Statement")]
    [InlineData("""{"Version":"2013-01-01","Statement":[]}""", "Version")]
    [InlineData("""{"Statement":[3]}""", "Statement 1 must be an object")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*"}]}""", "either Resource or NotResource")]
    [InlineData("""{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}""", "Effect")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":[],"Resource":"*"}]}""", "Action is empty")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":[1],"Resource":"*"}]}""", "must be a text")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"AdminGetUser","Resource":"*"}]}""", "no action")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"userpool"}]}""", "no resource")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","NotAction":"*"}]}""", "either")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*"}]}""", "twice")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Extra":1}]}""", "\"Extra\"")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Condition":{}}]}""", "Condition")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*"}]}""", "Principal")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"a:${x}"}]}""", "variables")]
    public void Refuses_what_it_does_not_understand_and_says_where(string document, string expected)
    {
        var refusal = Assert.Throws<AccessPolicyException>(() => AccessPolicy.Parse(document));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_document_that_is_too_long()
    {
        var document = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

        Assert.Throws<AccessPolicyException>(() => AccessPolicy.Parse(document + new string(' ', 10_240)));
    }

    [Fact]
    public void A_pattern_full_of_stars_takes_no_exponential_time()
    {
        var stars = string.Concat(Enumerable.Repeat("a*", 2_000)) + "b";
        var policy = Policy($$"""{"Effect":"Allow","Action":"x:{{stars}}","Resource":"*"}""");

        Assert.Equal(AccessDecision.ImplicitlyDenied, policy.Evaluate("x:" + new string('a', 4_000), "*"));
    }

    private static AccessPolicy Policy(params string[] statements) => AccessPolicy.Parse(
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""");
}
