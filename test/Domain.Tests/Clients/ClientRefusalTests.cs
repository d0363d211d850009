using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Xunit;

namespace Lifeguard.Domain.Tests.Clients;

public sealed class ClientRefusalTests
{
    private const string Callback = ",'CallbackURLs':['https://app.example/in']";

    [Theory]
    [InlineData("'AccessTokenValidity':25", "Invalid range for token validity.")]
    [InlineData("'AccessTokenValidity':4,'TokenValidityUnits':{'AccessToken':'minutes'}",
        "Invalid range for token validity.")]
    [InlineData("'IdTokenValidity':299,'TokenValidityUnits':{'IdToken':'seconds'}",
        "Invalid range for token validity.")]
    [InlineData("'IdTokenValidity':86400,'TokenValidityUnits':{'IdToken':'days'}",
        "Invalid range for token validity.")]
    [InlineData("'RefreshTokenValidity':59,'TokenValidityUnits':{'RefreshToken':'minutes'}",
        "Invalid range for token validity.")]
    [InlineData("'RefreshTokenValidity':3651", "Invalid range for token validity.")]
    [InlineData("'RefreshTokenValidity':315360000", "Invalid range for token validity.")]
    [InlineData(
        "'ReadAttributes':['custom:nothing']", "Invalid read attributes specified while creating a client")]
    [InlineData("'WriteAttributes':['email','custom:nothing']",
        "Invalid write attributes specified while creating a client")]
    [InlineData(
        "'WriteAttributes':['email','sub']", "Invalid write attributes specified while creating a client")]
    [InlineData("'WriteAttributes':['email','email_verified']",
        "Invalid write attributes specified while creating a client")]
    [InlineData("'WriteAttributes':['email','dev:custom:note']",
        "Invalid write attributes specified while creating a client")]
    // The e-mail address is required in this pool.
    [InlineData("'WriteAttributes':['name']", "Invalid write attributes specified while creating a client")]
    [InlineData(
        "'ExplicitAuthFlows':['ALLOW_REFRESH_TOKEN_AUTH'],'RefreshTokenRotation':{'Feature':'ENABLED'}",
        "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is "
        + "enabled.")]
    [InlineData("'SupportedIdentityProviders':['COGNITO','Google']",
        "The provider Google does not exist for User Pool eu-west-1_Ab1Cd2Ef3")]
    [InlineData("'AllowedOAuthFlowsUserPoolClient':true",
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to "
        + "use OAuth flows.")]
    [InlineData("'AllowedOAuthFlowsUserPoolClient':true,'AllowedOAuthFlows':['code']" + Callback,
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to "
        + "use OAuth flows.")]
    [InlineData("'AllowedOAuthFlowsUserPoolClient':true,'AllowedOAuthScopes':['openid']" + Callback,
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to "
        + "use OAuth flows.")]
    [InlineData("'AllowedOAuthFlows':['implicit']",
        "CallbackUrls can not be empty when code flow or implicit flow is selected")]
    [InlineData("'DefaultRedirectURI':'https://other.example'" + Callback,
        "The default redirect URI https://other.example is not in the callback URIs list.")]
    [InlineData("'DefaultRedirectURI':'https://other.example'",
        "The default redirect URI https://other.example is not in the callback URIs list.")]
    [InlineData("'AnalyticsConfiguration':{'ApplicationId':'a'}",
        "Invalid analytics configuration given, "
        + "either <application arn> or <application id, role arn, external id> are valid")]
    [InlineData("'AnalyticsConfiguration':{'ApplicationArn':'arn:a','RoleArn':'r'}",
        "Invalid analytics configuration given, "
        + "either <application arn> or <application id, role arn, external id> are valid")]
    [InlineData("'AnalyticsConfiguration':{'UserDataShared':true}",
        "Invalid analytics configuration given, "
        + "either <application arn> or <application id, role arn, external id> are valid")]
    public void The_service_refuses_in_these_words(string given, string text) => Assert.Equal(
        $"InvalidParameterException: {text}", Shapes.Refusal(() => GivenClients.New(given)));

    [Theory]
    [InlineData("'ExplicitAuthFlows':['ALLOW_USER_SRP_AUTH','USER_PASSWORD_AUTH']")]
    [InlineData(
        "'AccessTokenValidity':2,'RefreshTokenValidity':1,'TokenValidityUnits':{'RefreshToken':'hours'}")]
    [InlineData("'IdTokenValidity':2,'RefreshTokenValidity':1,'TokenValidityUnits':{'RefreshToken':'hours'}")]
    [InlineData("'EnablePropagateAdditionalUserContextData':true")]
    public void These_are_invalid_parameters_whatever_the_words(string given) => Assert.StartsWith(
        "InvalidParameterException: ", Shapes.Refusal(() => GivenClients.New(given)));

    [Fact]
    public void With_a_secret_user_context_can_be_propagated() =>
        GivenClients.New("'EnablePropagateAdditionalUserContextData':true", hasSecret: true)
            .ShouldHave("EnablePropagateAdditionalUserContextData", "true");

    [Theory]
    [InlineData("'AllowedOAuthFlows':['client_credentials','code']" + Callback, true,
        "InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or "
        + "implicit flow.")]
    [InlineData("'AllowedOAuthFlows':['client_credentials']", false,
        "InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a "
        + "client secret.")]
    [InlineData("'AllowedOAuthFlows':['client_credentials'],'AllowedOAuthScopes':['api/read','openid']", true,
        "InvalidOAuthFlowException: openid is not supported with client_credentials flow")]
    [InlineData("'AllowedOAuthFlows':['code'],'AllowedOAuthScopes':['openid','Cognito']" + Callback, true,
        "ScopeDoesNotExistException: Invalid scope requested: Cognito")]
    public void Oauth_has_its_own_errors(string given, bool hasSecret, string refusal) =>
        Assert.Equal(refusal, Shapes.Refusal(() => GivenClients.New(given, hasSecret)));

    [Theory]
    [InlineData("'ExplicitAuthFlows':['ALLOW_USER_AUTH']", "Passwordless Sign-In")]
    [InlineData("'RefreshTokenRotation':{'Feature':'ENABLED'}", "Refresh Token Rotation")]
    public void The_smallest_tier_lacks_some_features(string given, string feature)
    {
        Assert.Equal(
            "FeatureUnavailableInTierException: The following features need to be disabled for "
            + "the LITE pricing "
            + $"tier configured: {feature}",
            Shapes.Refusal(() => GivenClients.New(given, pool: GivenClients.Offer("'UserPoolTier':'LITE'"))));
        Assert.NotNull(GivenClients.New(given, pool: GivenClients.Offer("'UserPoolTier':'ESSENTIALS'")));
    }

    [Fact]
    public void A_pool_of_its_own_offers_its_users_and_the_system_scopes()
    {
        var pool = new UserPool
        {
            Id = GivenClients.PoolId,
            Settings = GivenClients.Pool.Settings,
            CreatedAt = default,
            ModifiedAt = default,
        };

        var offer = PoolOffer.Of(pool, []);

        Assert.Equal(["COGNITO"], offer.Providers);
        Assert.Equal(5, offer.Scopes.Count);
    }

    [Fact]
    public void A_generated_and_an_own_secret_exclude_each_other() => Assert.StartsWith(
        "InvalidParameterException: ",
        Shapes.Refusal(() => ClientSecrets.ForNew("c", true, "an-own-secret", new Zeros(), default)));

    [Theory]
    [InlineData(false, null, null)]
    [InlineData(false, "an-own-secret", "an-own-secret")]
    [InlineData(true, null, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_client_has_one_secret_or_none(bool generate, string? own, string? expected)
    {
        var secrets = ClientSecrets.ForNew("c", generate, own, new Zeros(), DateTimeOffset.UnixEpoch);

        Assert.Equal(expected is null ? [] : [expected], secrets.Select(secret => secret.Value));
    }

    /// <summary>Draws the first letter of every alphabet.</summary>
    private sealed class Zeros : RandomSource
    {
        public override void Fill(Span<byte> destination) => destination.Clear();

        public override System.Security.Cryptography.RSA RsaKey() => throw new NotSupportedException();
    }
}
