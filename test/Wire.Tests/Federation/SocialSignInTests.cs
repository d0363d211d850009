using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Clients;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;
using Lifeguard.Protocol.Jose;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>The four providers that everybody knows, each with its own ways.</summary>
public sealed class SocialSignInTests
{
    private const string Stub = "https://stub.example";

    [Fact]
    public async Task Google_says_most_by_its_ID_token_and_the_rest_by_name()
    {
        await using var world = await Standing("Google");
        using var pool = await Of(
            world, "Google", new
            {
                email = "email",
                email_verified = "email_verified",
                gender = "genders",
                birthdate = "birthdays"
            },
            "social-secret",
            path => path switch
            {
                "/oauth2/v4/token" => "/token",
                "/oauth2/v3/certs" => "/keys",
                "/v1/people/me" => "/userinfo",
                _ => path,
            });
        pool.Provider.Person["email_verified"] = true;
        // Google leaves the scheme out, or not.
        pool.Provider.Changes = claims => claims["iss"] = "accounts.google.com";
        pool.Provider.Attributes = JsonNode.Parse("""
            {"resourceName":"people/123","genders":[{"value":"other"},
              {"metadata":{"primary":true},"value":"female","formattedValue":"Female"}],
             "birthdays":[{"date":{"year":1815,"month":12,"day":10}}]}
            """)!.AsObject();

        var begun = await pool.Begin(FederatedPool.Request() with { LoginHint = "ana@example.com" });

        var sent = TestIdentityProvider.Query(begun.Address.Query);
        Assert.Equal($"{Stub}/o/oauth2/v2/auth", begun.Address.GetLeftPart(UriPartial.Path));
        Assert.Equal(("ana@example.com", "email profile openid"), (sent["login_hint"], sent["scope"]));
        Assert.Equal("Google_123", await pool.Finish(begun, pool.Provider.Authorize(begun.Address)));
        Assert.Contains("GET /userinfo?personFields=birthdays,genders", pool.Provider.Requests);
        Assert.Equal(
            "birthdate=1815-12-10;email=ana@example.com;email_verified=true;gender=female",
            await pool.AttributesOf("Google_123"));
    }

    [Fact]
    public async Task Google_is_not_asked_for_what_the_ID_token_says_and_its_errors_are_told()
    {
        await using var world = await Standing("Google");
        using var pool = await Of(
            world, "Google", new { email = "email" }, "social-secret",
            path => path switch { "/oauth2/v4/token" => "/token", "/oauth2/v3/certs" => "/keys", _ => path });
        pool.Provider.Changes = claims => claims["iss"] = "https://accounts.google.com";
        Assert.Equal("Google_123", await pool.SignIn());
        Assert.Equal(["POST /token", "GET /keys"], pool.Provider.Requests);

        pool.Provider.Instead = path => path == "/token" ? new(400, """{"error":"invalid_grant"}""") : null;
        Assert.Equal("invalid_request: Google Error - 400 invalid_grant", await pool.SignIn());
        pool.Provider.Instead = path => path == "/token" ? new(503, "") : null;
        Assert.Equal("invalid_request: Google Error - 503 Service Unavailable", await pool.SignIn());
        // Google has key pairs: what is made with the secret is not Google's.
        pool.Provider.Instead = _ => null;
        pool.Provider.Algorithm = "HS256";
        Assert.Equal("invalid_request: Bad id_token signature", await pool.SignIn());
    }

    [Fact]
    public async Task Facebook_takes_the_code_by_GET_and_gives_the_fields_that_are_named()
    {
        await using var world = await Standing("Facebook");
        using var pool = await Of(
            world, "Facebook", new { email = "email", picture = "picture", name = "name" }, "social-secret",
            path => path switch
            {
                "/v17.0/oauth/access_token" => "/token",
                "/v17.0/me" => "/userinfo",
                _ => path,
            });
        pool.Provider.Attributes = JsonNode.Parse("""
            {"id":"1020","email":"ana@example.com","name":"Ana",
             "picture":{"data":{"url":"https://img.example/1"}} }
            """)!.AsObject();

        var begun = await pool.Begin(FederatedPool.Request() with { LoginHint = "ana", Prompt = ["login"] });

        Assert.Equal($"{Stub}/v17.0/dialog/oauth", begun.Address.GetLeftPart(UriPartial.Path));
        Assert.Equal(
            ["client_id", "redirect_uri", "response_type", "scope", "state"],
            TestIdentityProvider.Query(begun.Address.Query).Keys.Order());
        Assert.Equal("public_profile,email", TestIdentityProvider.Query(begun.Address.Query)["scope"]);
        Assert.Equal("Facebook_1020", await pool.Finish(begun, pool.Provider.Authorize(begun.Address)));
        Assert.Equal(
            ["GET /token", "GET /userinfo?fields=email,id,name,picture"], pool.Provider.Requests);
        Assert.Equal(
            "email=ana@example.com;name=Ana;picture=https://img.example/1;email_verified=false",
            await pool.AttributesOf("Facebook_1020"));
        pool.Provider.Instead = path => path == "/token" ? new(400, "{}") : null;
        Assert.Equal("invalid_request: Facebook Error - 400 error getting token", await pool.SignIn());
    }

    [Fact]
    public async Task Amazon_gives_its_profile()
    {
        await using var world = await Standing("LoginWithAmazon");
        using var pool = await Of(
            world, "LoginWithAmazon", new { email = "email", address = "postal_code" }, "social-secret",
            path => path switch { "/auth/o2/token" => "/token", "/user/profile" => "/userinfo", _ => path });
        pool.Provider.Attributes = new()
        {
            ["user_id"] = "amzn1.account.K2LI23KL2LK2",
            ["email"] = "ana@example.com",
            ["postal_code"] = "98101",
        };

        var begun = await pool.Begin();

        Assert.Equal($"{Stub}/ap/oa", begun.Address.GetLeftPart(UriPartial.Path));
        Assert.Equal(
            "LoginWithAmazon_amzn1.account.K2LI23KL2LK2",
            await pool.Finish(begun, pool.Provider.Authorize(begun.Address)));
        Assert.Equal(["POST /token", "GET /userinfo"], pool.Provider.Requests);
        pool.Provider.Instead = path => path == "/token" ? new(401, "{}") : null;
        Assert.Equal("invalid_request: LoginWithAmazon Error - 401 error getting token", await pool.SignIn());
    }

    [Fact]
    public async Task Apple_is_shown_a_signed_secret_and_tells_the_name_once_by_form()
    {
        await using var world = await Standing("SignInWithApple");
        using var pool = await Of(
            world, "SignInWithApple", new { email = "email", given_name = "firstName", name = "name" }, null,
            path => path switch { "/auth/token" => "/token", "/auth/keys" => "/keys", _ => path },
            "com.example.app", IsAppleSecret);
        pool.Provider.Changes = claims => claims["iss"] = "https://appleid.apple.com";

        var begun = await pool.Begin();

        var sent = TestIdentityProvider.Query(begun.Address.Query);
        Assert.Equal(("form_post", "email name"), (sent["response_mode"], sent["scope"]));
        Assert.Equal(43, sent["nonce"].Length);
        var answer = pool.Provider.Authorize(begun.Address);
        // What comes by way of the browser is a name at most.
        answer["user"] = """
            {"name":{"firstName":"Ana","lastName":"Lee"},"email":"victim@example.com","sub":"victim"}
            """;
        answer["id_token"] = "not.looked.at";
        Assert.Equal("SignInWithApple_123", await pool.Finish(begun, answer));
        Assert.Equal(
            "email=ana@example.com;given_name=Ana;name=Ana Lee;email_verified=false",
            await pool.AttributesOf("SignInWithApple_123"));
        Assert.Equal("SignInWithApple_123", await pool.SignIn(later => later["user"] = "no json"));
        Assert.Equal("Ana Lee", await world.AttributeOf(pool.Pool, "SignInWithApple_123", "name"));
    }

    [Theory]
    [InlineData("MIG-private")]
    [InlineData("")]
    [InlineData("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg")]
    public async Task Apple_s_key_is_looked_at_when_the_provider_is_made(string key)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var details = new Dictionary<string, string>(ProviderCalls.Social["SignInWithApple"]);
        details["private_key"] = key;

        Assert.Equal(
            "InvalidParameterException: " + (key.Length == 0
                ? "clientId, privateKey, teamId, and keyId are all required idp details."
                : "private_key must be an EC private key of the curve P-256, in PKCS #8 as Apple gives it."),
            await world.LeavesNothing(() =>
                ProviderCalls.Create(world, pool, "SignInWithApple", "SignInWithApple", details)));
    }

    [Fact]
    public async Task Apple_s_key_may_come_in_its_armour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var details = new Dictionary<string, string>(ProviderCalls.Social["SignInWithApple"]);
        details["private_key"] =
            $"-----BEGIN PRIVATE KEY-----\n{ProviderCalls.AppleKey[..64]}\n{ProviderCalls.AppleKey[64..]}\n"
            + "-----END PRIVATE KEY-----\n";

        await ProviderCalls.Must(
            ProviderCalls.Create(world, pool, "SignInWithApple", "SignInWithApple", details));
    }

    private static Task<World> Standing(string type) => World.Start(
        DatabaseKind.Memory,
        providers: new(new HashSet<string>(), new Dictionary<string, Uri> { [type] = new(Stub) }));

    private static async Task<FederatedPool> Of(
        World world, string type, object mapping, string? secret, Func<string, string> endpoint,
        string clientId = "planets", Func<string, bool>? knows = null)
    {
        var pool = await TestPool.Create(world);
        await ProviderCalls.Must(ProviderCalls.Create(
            world, pool, type, type, ProviderCalls.Social[type], new { AttributeMapping = mapping }));
        var provider = new TestIdentityProvider(Stub)
        {
            Now = () => world.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ClientId = clientId,
            ClientSecret = secret ?? "",
            Endpoint = endpoint,
            KnowsSecret = knows,
            AlwaysIdentifies = knows is not null,
        };
        var made = await FederatedPool.Offering(world, pool, type, provider);
        var places = world.Get<ProviderPlaces>();
        Assert.Equal(OutboundTrust.Operator, places.Find(type, "https://x.example/").Trust);
        return made;
    }

    /// <summary>As Apple checks it: signed with the key, for Apple, by the team, about the client.</summary>
    private static bool IsAppleSecret(string text)
    {
        if (!ForeignToken.TryRead(text, out var token)) return false;
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(ProviderCalls.AppleKey), out _);
        var claims = JsonNode.Parse(Encoding.UTF8.GetString(token.Payload.Span))!;
        return (token.Algorithm.Name, token.Kid) == ("ES256", "KEY0000001")
            && key.VerifyData(token.SigningInput.Span, token.Signature.Span, HashAlgorithmName.SHA256)
            && ((string?)claims["iss"], (string?)claims["aud"], (string?)claims["sub"])
                == ("TEAM000001", "https://appleid.apple.com", "com.example.app")
            && (long)claims["exp"]! - (long)claims["iat"]! == 300;
    }
}
