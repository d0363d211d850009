using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary><c>POST /oauth2/register</c> (RFC 7591).</summary>
public sealed class RegistrationTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Path = "/oauth2/register";
    private const string Public =
        """
        {"client_name":"Inspector","redirect_uris":["http://localhost:6274/cb"],
         "token_endpoint_auth_method":"none"}
        """;

    [Fact]
    public async Task An_app_registers_itself_and_signs_somebody_in()
    {
        var app = await Pool("""{"OpenDcrEnabled":true}""");

        var (answer, made) = await Register(app, Public);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Contains("no-store", answer.Header("Cache-Control"));
        Assert.Equal(
            [
                "client_id", "client_id_issued_at", "client_name", "grant_types", "redirect_uris",
                "response_types", "scope", "token_endpoint_auth_method",
            ],
            made.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("""["authorization_code"]""", made["grant_types"]!.ToJsonString());
        Assert.Equal("""["code"]""", made["response_types"]!.ToJsonString());
        Assert.Equal("openid email phone profile", made["scope"]!.GetValue<string>());
        var client = app with { ClientId = made["client_id"]!.GetValue<string>(), Secret = null };
        using var person = app.NewPerson();
        (string, string?) uri = ("redirect_uri", "http://localhost:6274/cb");
        var without = await person.Open(client.Request(uri));
        Assert.Equal("invalid_request", without.Answer["error"]);
        var back = await client.SignIn(
            person, "ana", uri, ("code_challenge", Pkce.Challenge), ("code_challenge_method", "S256"));
        var redeemed = await client.Redeem(back.Answer["code"], uri.Item2!, Pkce.Verifier);
        Assert.True(redeemed.Status == HttpStatusCode.OK, redeemed.Body);
        var tokens = JsonNode.Parse(redeemed.Body)!.AsObject();
        await client.IdToken(tokens);
        var fresh = await client.Token(new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>(),
        });
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
    }

    [Fact]
    public async Task What_it_registers_is_an_app_client_of_its_own_kind()
    {
        var app = await Pool("""{"OpenDcrEnabled":true}""");

        var (_, made) = await Register(app, """
            {"redirect_uris":["https://app.example/cb"],"grant_types":["authorization_code","refresh_token"],
             "scope":"openid email","unknown":{"a":[1]},"jwks_uri":"http://169.254.169.254/"}
            """);

        var id = made["client_id"]!.GetValue<string>();
        var client = (await DomainApp.Must(app.Server, "DescribeUserPoolClient", $$"""
            {"UserPoolId":"{{app.PoolId}}","ClientId":"{{id}}"}
            """))["UserPoolClient"]!;
        Assert.Equal("DCR", client["ClientType"]!.GetValue<string>());
        Assert.Equal(id, client["ClientName"]!.GetValue<string>());
        Assert.Equal(
            made["client_secret"]!.GetValue<string>(), client["ClientSecret"]!.GetValue<string>());
        Assert.Equal(0, made["client_secret_expires_at"]!.GetValue<int>());
        Assert.Equal("client_secret_basic", made["token_endpoint_auth_method"]!.GetValue<string>());
        Assert.Equal("""["openid","email"]""", client["AllowedOAuthScopes"]!.ToJsonString());
        Assert.Equal("""["ALLOW_REFRESH_TOKEN_AUTH"]""", client["ExplicitAuthFlows"]!.ToJsonString());
        Assert.Equal("ENABLED", client["PreventUserExistenceErrors"]!.GetValue<string>());
        var secret = await app.Server.Call("AddUserPoolClientSecret", $$"""
            {"UserPoolId":"{{app.PoolId}}","ClientId":"{{id}}"}
            """);
        Assert.Equal(HttpStatusCode.BadRequest, secret.Status);
        Assert.Contains("InvalidParameterException", secret.Body);
    }

    [Fact]
    public async Task Where_it_is_closed_a_token_with_the_scope_opens_it()
    {
        var app = await Pool("""{"AllowedScopes":["moons/read"]}""");
        await DomainApp.Must(app.Server, "CreateResourceServer", $$"""
            {"UserPoolId":"{{app.PoolId}}","Identifier":"moons","Name":"Moons",
             "Scopes":[{"ScopeName":"read","ScopeDescription":"r"}]}
            """);
        var registrar = await Machine(app, "aws.cognito/dcr/register");
        var token = await TokenOf(registrar);
        const string machine = """{"grant_types":["client_credentials"]}""";

        var (answer, made) = await Register(app, machine, token);

        Assert.True(answer.Status == HttpStatusCode.Created, answer.Body);
        Assert.Equal("moons/read", made["scope"]!.GetValue<string>());
        Assert.Equal("[]", made["response_types"]!.ToJsonString());
        var client = app with
        {
            ClientId = made["client_id"]!.GetValue<string>(),
            Secret = made["client_secret"]!.GetValue<string>(),
        };
        Assert.NotEmpty(await TokenOf(client));
        // Without a token, with another one, with none at all, and once the token's client is gone.
        await Refused(app, machine, HttpStatusCode.Unauthorized, "invalid_request");
        await Refused(app, machine, HttpStatusCode.Forbidden, "insufficient_scope", await TokenOf(client));
        await Refused(app, machine, HttpStatusCode.Unauthorized, "invalid_token", "garbage");
        await Refused(app, machine, HttpStatusCode.Unauthorized, "invalid_token", "");
        await Refused(
            app, machine, HttpStatusCode.Unauthorized, "invalid_token", $"{token[..^6]}AAAAAA");
        await DomainApp.Must(app.Server, "DeleteUserPoolClient", $$"""
            {"UserPoolId":"{{app.PoolId}}","ClientId":"{{registrar.ClientId}}"}
            """);
        await Refused(app, machine, HttpStatusCode.Unauthorized, "invalid_token", token);
    }

    [Fact]
    public async Task A_token_of_another_pool_or_of_before_registers_nobody()
    {
        var app = await Pool("{}");
        var elsewhere = await Pool("{}");
        var token = await TokenOf(await Machine(app, "aws.cognito/dcr/register"));
        await Refused(elsewhere, Public, HttpStatusCode.Unauthorized, "invalid_token", token);

        await app.Advance("PT1H");

        await Refused(app, Public, HttpStatusCode.Unauthorized, "invalid_token", token);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.Unauthorized, "invalid_request")]
    [InlineData(
        """{"EnableStatus":"Disabled","OpenDcrEnabled":true}""", HttpStatusCode.NotFound, "invalid_request")]
    [InlineData(
        """{"OpenDcrEnabled":true,"OpenDcrGrantTypes":[]}""", HttpStatusCode.Forbidden, "access_denied")]
    [InlineData(
        """{"OpenDcrEnabled":true,"OpenDcrGrantTypes":["implicit"]}""", HttpStatusCode.Forbidden,
        "access_denied")]
    [InlineData(
        """{"OpenDcrEnabled":true,"OpenDcrGrantTypes":["client_credentials"]}""", HttpStatusCode.BadRequest,
        "invalid_client_metadata")]
    public async Task The_pool_says_who_may(string configuration, HttpStatusCode status, string error) =>
        await Refused(await Pool(configuration), Public, status, error);

    [Fact]
    public async Task A_pool_without_the_configuration_has_no_such_endpoint()
    {
        await Refused(compatible.App, Public, HttpStatusCode.NotFound, "invalid_request");

        Assert.Null((await Discovery(compatible.App))["registration_endpoint"]);
        var open = await Pool("{}");
        Assert.Equal(
            $"{open.Domain}/oauth2/register",
            (await Discovery(open))["registration_endpoint"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"redirect_uris":[]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://app.example/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://app.example/cb#a"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["JavaScript://alert(1)"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://localhost@evil.example/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":"https://app.example/cb"}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":[1]}""", "invalid_client_metadata")]
    [InlineData("""{"client_name":"<b>"}""", "invalid_client_metadata")]
    [InlineData("""{"client_name":7}""", "invalid_client_metadata")]
    [InlineData("""{"client_name":"a","client_name":"b"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["implicit"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["password"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["refresh_token"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["authorization_code","client_credentials"]}""", "invalid_client_metadata")]
    [InlineData("""{"response_types":["token"]}""", "invalid_client_metadata")]
    [InlineData("""{"token_endpoint_auth_method":"private_key_jwt"}""", "invalid_client_metadata")]
    [InlineData("""{"scope":"openid moons/read"}""", "invalid_client_metadata")]
    [InlineData("""{"scope":"aws.cognito/dcr/register"}""", "invalid_client_metadata")]
    [InlineData("""{"scope":"aws.cognito.signin.user.admin"}""", "invalid_client_metadata")]
    [InlineData("""{"scope":" "}""", "invalid_client_metadata")]
    [InlineData("[]", "invalid_client_metadata")]
    [InlineData("{", "invalid_client_metadata")]
    [InlineData("""{"a":[[[[[[[[[[1]]]]]]]]]]}""", "invalid_client_metadata")]
    public async Task Refuses_what_cannot_be_registered(string members, string error)
    {
        var app = await RefusingPool();
        var given = members is "{" or "[]" ? members : Completed(members);

        await Refused(app, given, HttpStatusCode.BadRequest, error);

        var clients = await DomainApp.Must(
            app.Server, "ListUserPoolClients", $$"""{"UserPoolId":"{{app.PoolId}}","ClientType":"DCR"}""");
        Assert.Empty(clients["UserPoolClients"]!.AsArray());
    }

    [Fact]
    public async Task Bounds_what_it_reads_and_takes_JSON_alone()
    {
        var app = await Pool("""{"OpenDcrEnabled":true}""");
        var many = string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"https://app.example/{i}\""));

        var tooLong = await app.Send(
            HttpMethod.Post, Path, $"{{\"a\":\"{new string('x', 65_536)}\"}}", "application/json");
        var form = await app.Post(Path, "client_name=a");
        var read = await app.Send(HttpMethod.Get, Path, null, null);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.Status);
        Assert.Equal("""{"error":"invalid_request"}""", form.Body);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.Status);
        await Refused(
            app, $"{{\"redirect_uris\":[{many}]}}", HttpStatusCode.BadRequest, "invalid_client_metadata");
    }

    /// <summary>A pool with two people and this configuration.</summary>
    private Task<OpenIdApp> Pool(string configuration) => OpenIdApp.Create(
        compatible.Server, pool: new() { ["DcrConfiguration"] = JsonNode.Parse(configuration) });

    /// <summary>One pool for all that it refuses.</summary>
    private Task<OpenIdApp> RefusingPool() => compatible.Kept ??= Pool(
        """{"OpenDcrEnabled":true,"AllowedScopes":["aws.cognito/dcr/register"]}""");

    private static Task<OpenIdApp> Machine(OpenIdApp app, string scope) => app.Another(new()
    {
        ["AllowedOAuthFlows"] = new JsonArray("client_credentials"),
        ["AllowedOAuthScopes"] = new JsonArray(scope),
    });

    private static async Task<string> TokenOf(OpenIdApp machine)
    {
        var answer = await machine.Token(new() { ["grant_type"] = "client_credentials" });
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return JsonNode.Parse(answer.Body)!["access_token"]!.GetValue<string>();
    }

    private static async Task<(Answer Answer, JsonObject Made)> Register(
        OpenIdApp app, string metadata, string? token = null)
    {
        var answer = await app.Send(
            HttpMethod.Post, Path, metadata, "application/json",
            token is null ? [] : [("Authorization", $"Bearer {token}")]);
        return (answer, JsonNode.Parse(answer.Body)!.AsObject());
    }

    private static async Task Refused(
        OpenIdApp app, string metadata, HttpStatusCode status, string error, string? token = null)
    {
        var (answer, body) = await Register(app, metadata, token);
        Assert.Equal((status, error), (answer.Status, body["error"]!.GetValue<string>()));
        if (status == HttpStatusCode.Unauthorized)
            Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"));
    }

    private static async Task<JsonNode> Discovery(OpenIdApp app) => JsonNode.Parse(
        (await app.Server.Get($"/{app.PoolId}/.well-known/openid-configuration")).Body)!;

    /// <summary>With an address to return to, where none is given: only one thing is wrong.</summary>
    private static string Completed(string members) =>
        members.Contains("redirect_uris", StringComparison.Ordinal)
            ? members
            : $$"""{"redirect_uris":["https://app.example/cb"],{{members[1..]}}""";
}
