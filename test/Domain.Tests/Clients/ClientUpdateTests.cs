using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Xunit;

namespace Lifeguard.Domain.Tests.Clients;

/// <summary>What UpdateUserPoolClient does to the members that a request leaves out.</summary>
public sealed class ClientUpdateTests
{
    private const string Absent = "absent";

    private const string Everything =
        "'RefreshTokenValidity':10,'AccessTokenValidity':20,'IdTokenValidity':30,'TokenValidityUnits':"
        + "{'AccessToken':'minutes','IdToken':'minutes','RefreshToken':'hours'},"
        + "'ReadAttributes':['email'],'WriteAttributes':['email'],"
        + "'ExplicitAuthFlows':['ALLOW_USER_SRP_AUTH'],'SupportedIdentityProviders':['COGNITO'],"
        + "'CallbackURLs':['https://app.example/in'],'LogoutURLs':['https://app.example/out'],"
        + "'DefaultRedirectURI':'https://app.example/in','AllowedOAuthFlows':['code'],"
        + "'AllowedOAuthScopes':['openid'],'AllowedOAuthFlowsUserPoolClient':true,"
        + "'AnalyticsConfiguration':{'ApplicationArn':'arn:a'},'PreventUserExistenceErrors':'ENABLED',"
        + "'EnableTokenRevocation':false,'EnablePropagateAdditionalUserContextData':true,"
        + "'AuthSessionValidity':9,'RefreshTokenRotation':{'Feature':'ENABLED'}";

    private const string Code =
        "{'AllowedOAuthFlows':['implicit'],'CallbackURLs':['https://app.example/2']}";

    /// <summary>For each member of the request: a request with it, and with what it cannot be without; and
    /// what is shown where it is left out.</summary>
    private static readonly (string Member, string Request, string Left)[] Members =
    [
        ("ClientName", "{'ClientName':'d'}", "'c'"),
        ("RefreshTokenValidity", "{'RefreshTokenValidity':5}", "30"),
        ("AccessTokenValidity", "{'AccessTokenValidity':2}", Absent),
        ("IdTokenValidity", "{'IdTokenValidity':2}", Absent),
        ("TokenValidityUnits", "{'TokenValidityUnits':{'IdToken':'minutes'}}", "{}"),
        ("ReadAttributes", "{'ReadAttributes':['name']}", Absent),
        ("WriteAttributes", "{'WriteAttributes':['email','name']}", Absent),
        ("ExplicitAuthFlows", "{'ExplicitAuthFlows':['ALLOW_CUSTOM_AUTH']}", Absent),
        ("SupportedIdentityProviders", "{'SupportedIdentityProviders':['COGNITO']}", Absent),
        ("CallbackURLs", "{'CallbackURLs':['https://app.example/2']}", Absent),
        ("LogoutURLs", "{'LogoutURLs':['https://app.example/3']}", Absent),
        ("DefaultRedirectURI",
            "{'DefaultRedirectURI':'https://app.example/2','CallbackURLs':['https://app.example/2']}",
            Absent),
        ("AllowedOAuthFlows", Code, Absent),
        ("AllowedOAuthScopes", "{'AllowedOAuthScopes':['email']}", Absent),
        ("AllowedOAuthFlowsUserPoolClient",
            "{'AllowedOAuthFlowsUserPoolClient':true,'AllowedOAuthScopes':['email'],"
            + "'AllowedOAuthFlows':['code'],'CallbackURLs':['https://app.example/2']}", "false"),
        ("AnalyticsConfiguration", "{'AnalyticsConfiguration':{'ApplicationArn':'arn:b'}}", Absent),
        ("PreventUserExistenceErrors", "{'PreventUserExistenceErrors':'LEGACY'}", Absent),
        ("EnableTokenRevocation", "{'EnableTokenRevocation':false}", "true"),
        ("EnablePropagateAdditionalUserContextData",
            "{'EnablePropagateAdditionalUserContextData':true}", "false"),
        ("AuthSessionValidity", "{'AuthSessionValidity':5}", "3"),
        ("RefreshTokenRotation",
            "{'RefreshTokenRotation':{'Feature':'DISABLED','RetryGracePeriodSeconds':5}}", Absent),
    ];

    private static readonly UserPoolClientType Stored = GivenClients.New(Everything, hasSecret: true);

    public static TheoryData<string> Names => [.. Members.Select(each => each.Member)];

    [Theory, MemberData(nameof(Names))]
    public void What_is_given_replaces_and_all_else_goes_back(string member)
    {
        var request = Members.Single(each => each.Member == member).Request.Replace('\'', '"');
        var given = JsonNode.Parse(request)!.AsObject();

        var changed = ClientRules.Changed(
            Stored, Shapes.Read<UserPoolClientType>(request), GivenClients.Pool, hasSecret: true);

        Assert.All(Members, each => Assert.Equal(
            (each.Member, given[each.Member]?.ToJsonString(Relaxed) ?? each.Left.Replace('\'', '"')),
            (each.Member, Shown(changed, each.Member))));
    }

    [Fact]
    public void No_member_of_the_request_is_forgotten()
    {
        var settable = typeof(UpdateUserPoolClientRequest).GetProperties()
            .Select(property => property.Name)
            .Where(name => name is not ("UserPoolId" or "ClientId" or "NeedsBody"));

        Assert.Equal(settable.Order(), Members.Select(each => each.Member).Order());
        var fresh = GivenClients.New("");
        Assert.All(Members.Where(each => each.Member != "ClientName"), each =>
            Assert.NotEqual(
                (each.Member, Shown(fresh, each.Member)), (each.Member, Shown(Stored, each.Member))));
    }

    [Fact]
    public void A_client_that_registered_itself_cannot_get_to_register_others()
    {
        var offer = GivenClients.Offer("'Name':'p','DcrConfiguration':{}");
        var pool = offer with { Scopes = PoolOffer.Of(PoolOf(offer), []).Scopes };
        var given = GivenClients.Given(
            "'AllowedOAuthFlows':['client_credentials'],"
            + $"'AllowedOAuthScopes':['{PoolOffer.RegistrationScope}']");

        var made = ClientRules.New(given, pool, hasSecret: true);
        made.ShouldHave("AllowedOAuthScopes", $"['{PoolOffer.RegistrationScope}']");
        Assert.Equal(
            $"ScopeDoesNotExistException: Invalid scope requested: {PoolOffer.RegistrationScope}",
            Shapes.Refusal(() => ClientRules.Changed(
                made with { ClientType = ClientTypeType.Dcr }, given, pool, hasSecret: true)));
    }

    [Theory]
    [InlineData("'DcrConfiguration':{}", true)]
    [InlineData("'DcrConfiguration':{'EnableStatus':'Disabled'}", false)]
    [InlineData("'MfaConfiguration':'OFF'", false)]
    public void Only_pools_with_registration_have_its_scope(string pool, bool has) => Assert.Equal(
        has,
        PoolOffer.Of(PoolOf(GivenClients.Offer($"'Name':'p',{pool}")), [])
            .Scopes.Contains(PoolOffer.RegistrationScope));

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static UserPool PoolOf(PoolOffer offer) => new()
    {
        Id = GivenClients.PoolId,
        Settings = offer.Settings,
        CreatedAt = default,
        ModifiedAt = default,
    };

    private static string Shown(UserPoolClientType client, string member)
    {
        using var document = JsonDocument.Parse(WireBody.ToBytes(client));
        return document.RootElement.TryGetProperty(member, out var value) ? value.GetRawText() : Absent;
    }
}
