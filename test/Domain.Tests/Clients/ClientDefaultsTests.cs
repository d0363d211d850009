using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Xunit;

namespace Lifeguard.Domain.Tests.Clients;

public sealed class ClientDefaultsTests
{
    private static readonly DateTimeOffset Created = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void A_client_with_only_a_name_is_described_like_this() => new AppClient
    {
        PoolId = GivenClients.PoolId,
        Id = "abc",
        Settings = GivenClients.New(""),
        CreatedAt = Created,
        ModifiedAt = Created,
    }.Describe().ShouldBe(
        """
        {'UserPoolId':'eu-west-1_Ab1Cd2Ef3','ClientName':'c','ClientId':'abc','LastModifiedDate':1700000000.0,
         'CreationDate':1700000000.0,'RefreshTokenValidity':30,'TokenValidityUnits':{},
         'AllowedOAuthFlowsUserPoolClient':false,'EnableTokenRevocation':true,
         'EnablePropagateAdditionalUserContextData':false,'AuthSessionValidity':3,'ClientType':'REGULAR'}
        """);

    [Fact]
    public void The_first_secret_is_shown_in_clear()
    {
        var client = new AppClient
        {
            PoolId = GivenClients.PoolId,
            Id = "abc",
            Settings = GivenClients.New(""),
            Secrets =
            [
                new("abc--1700000000", "first", Created), new("abc--1700000001", "second", Created),
            ],
            CreatedAt = Created,
            ModifiedAt = Created,
        };

        Assert.Equal("first", client.Describe().ClientSecret);
    }

    [Theory]
    [InlineData("'RefreshTokenValidity':0", "RefreshTokenValidity", "30")]
    [InlineData("'RefreshTokenValidity':90,'TokenValidityUnits':{'RefreshToken':'minutes'}",
        "RefreshTokenValidity", "90")]
    // The default is thirty days, whatever it is counted in.
    [InlineData("'TokenValidityUnits':{'RefreshToken':'hours'}", "RefreshTokenValidity", "720")]
    [InlineData("'AccessTokenValidity':2", "AccessTokenValidity", "2")]
    [InlineData("'IdTokenValidity':2", "TokenValidityUnits", "{}")]
    [InlineData("'TokenValidityUnits':{'AccessToken':'minutes'},'AccessTokenValidity':5",
        "TokenValidityUnits", "{'AccessToken':'minutes'}")]
    [InlineData("'ExplicitAuthFlows':[]", "ExplicitAuthFlows", "absent")]
    [InlineData(
        "'ExplicitAuthFlows':['ALLOW_USER_SRP_AUTH']", "ExplicitAuthFlows", "['ALLOW_USER_SRP_AUTH']")]
    [InlineData("'ExplicitAuthFlows':['ADMIN_NO_SRP_AUTH','USER_PASSWORD_AUTH']", "ExplicitAuthFlows",
        "['ADMIN_NO_SRP_AUTH','USER_PASSWORD_AUTH']")]
    [InlineData("'RefreshTokenRotation':{'Feature':'ENABLED'}", "RefreshTokenRotation",
        "{'Feature':'ENABLED','RetryGracePeriodSeconds':0}")]
    [InlineData(
        "'RefreshTokenRotation':{'Feature':'DISABLED'}", "RefreshTokenRotation", "{'Feature':'DISABLED'}")]
    [InlineData(
        "'ReadAttributes':['email','email_verified','custom:role','dev:custom:note']", "ReadAttributes",
        "['email','email_verified','custom:role','dev:custom:note']")]
    [InlineData(
        "'WriteAttributes':['email','custom:role','email']", "WriteAttributes", "['email','custom:role']")]
    [InlineData("'SupportedIdentityProviders':['COGNITO']", "SupportedIdentityProviders", "['COGNITO']")]
    [InlineData("'SupportedIdentityProviders':[]", "SupportedIdentityProviders", "absent")]
    [InlineData("'CallbackURLs':[]", "CallbackURLs", "absent")]
    [InlineData("'PreventUserExistenceErrors':'ENABLED'", "PreventUserExistenceErrors", "'ENABLED'")]
    [InlineData("'EnableTokenRevocation':false", "EnableTokenRevocation", "false")]
    [InlineData("'AuthSessionValidity':15", "AuthSessionValidity", "15")]
    [InlineData("'AnalyticsConfiguration':{}", "AnalyticsConfiguration", "absent")]
    [InlineData("'AnalyticsConfiguration':{'ApplicationArn':'arn:a'}", "AnalyticsConfiguration",
        "{'ApplicationArn':'arn:a'}")]
    [InlineData("'AnalyticsConfiguration':{'ApplicationId':'a','RoleArn':'r','ExternalId':'e'}",
        "AnalyticsConfiguration", "{'ApplicationId':'a','RoleArn':'r','ExternalId':'e'}")]
    public void What_is_given_is_kept_and_completed(string given, string member, string expected) =>
        GivenClients.New(given).ShouldHave(member, expected);

    [Theory]
    [InlineData("code", "'openid','email','phone','profile','aws.cognito.signin.user.admin','api/read'")]
    [InlineData("client_credentials", "'api/read'")]
    public void Oauth_can_be_set_up(string flow, string scopes)
    {
        var client = GivenClients.New(
            $"'AllowedOAuthFlowsUserPoolClient':true,'AllowedOAuthFlows':['{flow}'],'AllowedOAuthScopes':"
            + $"[{scopes}],"
            + "'CallbackURLs':['https://app.example/in'],'LogoutURLs':['https://app.example/out'],"
            + "'DefaultRedirectURI':'https://app.example/in'",
            hasSecret: true);

        client.ShouldHave("AllowedOAuthScopes", $"[{scopes}]");
        client.ShouldHave("AllowedOAuthFlowsUserPoolClient", "true");
    }

    [Fact]
    public void An_update_resets_what_it_leaves_out_but_for_name_and_kind()
    {
        var stored = GivenClients.New(
            "'RefreshTokenValidity':5,'ReadAttributes':['email'],'ExplicitAuthFlows':['ALLOW_USER_SRP_AUTH'],"
            + "'AllowedOAuthFlowsUserPoolClient':true,'AllowedOAuthFlows':['code'],"
            + "'AllowedOAuthScopes':['openid'],'CallbackURLs':['https://app.example/in'],"
            + "'PreventUserExistenceErrors':'ENABLED','EnableTokenRevocation':false,'AuthSessionValidity':9");

        var changed = ClientRules.Changed(
            stored with { ClientType = ClientTypeType.Dcr }, new(), GivenClients.Pool, hasSecret: false);

        changed.ShouldBe(
            """
            {'ClientName':'c','RefreshTokenValidity':30,'TokenValidityUnits':{},
             'AllowedOAuthFlowsUserPoolClient':false,'EnableTokenRevocation':true,
             'EnablePropagateAdditionalUserContextData':false,'AuthSessionValidity':3,'ClientType':'DCR'}
            """);
    }

    [Fact]
    public void An_update_can_rename()
    {
        var given = new UserPoolClientType { ClientName = "new" };

        ClientRules.Changed(GivenClients.New(""), given, GivenClients.Pool, hasSecret: false)
            .ShouldHave("ClientName", "'new'");
    }
}
