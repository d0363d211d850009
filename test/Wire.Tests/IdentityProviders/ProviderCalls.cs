using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.IdentityProviders;

/// <summary>Calls as tests of identity providers make them.</summary>
internal static class ProviderCalls
{
    public const string Nowhere = "us-east-1_000000000";

    /// <summary>A key as Apple makes them, of no account.</summary>
    public const string AppleKey =
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJwHvuhUDuj/qGD9xJSsm7EQAoS0M7xCCENYjnxEtpQOhRANCAAQS"
        + "R3EJW1eTfFxAlgXyGVX4+CcWoW70jU+jpWwAjJlx0lPRmZ0j2OgAu7PDo7v1icfGMptKJGQz4NycaSvfKlU8";

    /// <summary>What each of the known types is given.</summary>
    public static readonly Dictionary<string, Dictionary<string, string>> Social = new()
    {
        ["Google"] = Secret("email profile openid"),
        ["Facebook"] = Secret("public_profile, email"),
        ["LoginWithAmazon"] = Secret("profile postal_code"),
        ["SignInWithApple"] = new()
        {
            ["client_id"] = "com.example.app",
            ["team_id"] = "TEAM000001",
            ["key_id"] = "KEY0000001",
            ["private_key"] = AppleKey,
            ["authorize_scopes"] = "email name",
        },
    };

    /// <summary>An OIDC provider with all its endpoints given.</summary>
    public static Dictionary<string, string> Oidc() => new()
    {
        ["client_id"] = "planets",
        ["client_secret"] = "oidc-secret",
        ["authorize_scopes"] = "openid email",
        ["oidc_issuer"] = "https://id.example",
        ["attributes_request_method"] = "GET",
        ["authorize_url"] = "https://id.example/authorize",
        ["token_url"] = "https://id.example/token",
        ["attributes_url"] = "https://id.example/userinfo",
        ["jwks_uri"] = "https://id.example/keys",
    };

    /// <summary>A SAML provider with its metadata given.</summary>
    public static Dictionary<string, string> Saml(string? metadata = null) => new()
    {
        ["MetadataFile"] = metadata ?? Metadata(),
    };

    /// <summary>Metadata of a SAML provider.</summary>
    public static string Metadata(string entityId = "https://saml.example/entity", string? key = null) =>
        $"""
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entityId}">
          <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
            {key ?? Key()}
            <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
              Location="https://saml.example/logout"/>
            <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
              Location="https://saml.example/post"/>
            <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
              Location="https://saml.example/sso"/>
          </IDPSSODescriptor>
        </EntityDescriptor>
        """;

    /// <summary>The element that holds a signing certificate.</summary>
    public static string Key(string? certificate = null) =>
        $"""
        <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
        <X509Certificate>{certificate ?? Certificate()}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
        """;

    /// <summary>A request that creates a provider.</summary>
    public static JsonObject Request(
        TestPool pool, string name, string type, object details, object? more = null) => Calls.Merge(
        new { UserPoolId = pool.Id, ProviderName = name, ProviderType = type, ProviderDetails = details },
        more);

    public static Task<Answer> Create(
        World world, TestPool pool, string name, string type, object details, object? more = null) =>
        world.Call("CreateIdentityProvider", Request(pool, name, type, details, more));

    /// <summary>Google, an OIDC and a SAML provider, for tests of links.</summary>
    public static async Task<TestPool> PoolWithProviders(World world, object? settings = null)
    {
        var pool = await TestPool.Create(world, settings);
        await Must(Create(world, pool, "Google", "Google", Social["Google"]));
        await Must(Create(
            world, pool, "Corp", "SAML", Saml(), new { AttributeMapping = new { email = "mail" } }));
        await Must(Create(world, pool, "Partner", "OIDC", Oidc()));
        return pool;
    }

    public static async Task<Answer> Must(Task<Answer> call)
    {
        var answer = await call;
        Assert.Equal("200", answer.ToString());
        return answer;
    }

    /// <summary>The answer of an operation on a provider.</summary>
    public static Task<Answer> On(World world, string operation, TestPool pool, string name) =>
        world.Call(operation, new { UserPoolId = pool.Id, ProviderName = name });

    public static Task<Answer> Link(
        World world, TestPool pool, string user, string provider, string value,
        string attribute = "Cognito_Subject", string destination = "Cognito") => world.Call(
        "AdminLinkProviderForUser",
        new
        {
            UserPoolId = pool.Id,
            DestinationUser = new { ProviderName = destination, ProviderAttributeValue = user },
            SourceUser = Identity(provider, value, attribute),
        });

    public static Task<Answer> Disable(
        World world, TestPool pool, string provider, string value, string attribute = "Cognito_Subject") =>
        world.Call(
            "AdminDisableProviderForUser",
            new { UserPoolId = pool.Id, User = Identity(provider, value, attribute) });

    /// <summary>The user's identities, as an administrator sees them; null for none.</summary>
    public static async Task<string?> Identities(World world, TestPool pool, string name)
    {
        var user = await world.Must("AdminGetUser", new { UserPoolId = pool.Id, Username = name });
        return user["UserAttributes"]!.AsArray()
            .FirstOrDefault(one => one!["Name"]!.GetValue<string>() == "identities")?["Value"]!
            .GetValue<string>();
    }

    /// <summary>Answers every outgoing request with this text, and counts them.</summary>
    public static List<OutboundRequest> Answering(World world, string body, int status = 200)
    {
        var asked = new List<OutboundRequest>();
        world.Get<ScriptedHttp>().Answer = request =>
        {
            asked.Add(request);
            return new(status, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body));
        };
        return asked;
    }

    private static object Identity(string provider, string value, string attribute) => new
    {
        ProviderName = provider,
        ProviderAttributeName = attribute,
        ProviderAttributeValue = value,
    };

    private static Dictionary<string, string> Secret(string scopes) => new()
    {
        ["client_id"] = "planets",
        ["client_secret"] = "social-secret",
        ["authorize_scopes"] = scopes,
    };

    private static string Certificate() => SamlCertificate.New(
        "saml.example", CertificatePurpose.Signing, 1, new SeededRandom(7), World.Beginning).Certificate;
}
