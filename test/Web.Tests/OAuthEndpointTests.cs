using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests;

public sealed class OAuthEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Token = "/oauth2/token";
    private const string UserInfo = "/oauth2/userInfo";
    private const string Revoke = "/oauth2/revoke";
    private const string InvalidRequest = """{"error":"invalid_request"}""";

    [Fact]
    public async Task Gives_a_token_with_the_headers_of_the_service()
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post(Token, app.Credentials);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json; charset=UTF-8", answer.Header("Content-Type"));
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("no-cache", answer.Header("Pragma"));
        Assert.Equal("0", answer.Header("Expires"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        Assert.NotNull(answer.Header("x-amz-cognito-request-id"));
        var body = JsonNode.Parse(answer.Body)!.AsObject();
        Assert.Equal(["access_token", "expires_in", "token_type"], body.Select(member => member.Key));
        Assert.Equal(("Bearer", 3600), (
            body["token_type"]!.GetValue<string>(), body["expires_in"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Refuses_with_status_and_body_of_the_service_and_lets_no_cache_keep_it()
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post(Token, $"{app.Credentials}x");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            """{"error":"invalid_client","error_description":"invalid_client_secret"}""", answer.Body);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Null(answer.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials")]
    [InlineData("grant_type=client_credentials&client_id=other")]
    [InlineData("grant_type=client_credentials&scope=moons%2Fread&scope=")]
    [InlineData("grant_type=client_credentials&%73cope=a&scope=moons%2Fread")]
    [InlineData("grant_type=client_credentials&a=%")]
    [InlineData("grant_type=client_credentials&a=%4")]
    [InlineData("grant_type=client_credentials&a=%zz")]
    [InlineData("grant_type=client_credentials&a=%ff")]
    [InlineData("grant_type=client_credentials&%c0%af=a")]
    public async Task Refuses_forms_that_can_be_read_in_two_ways(string form)
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post(
            Token, $"client_id={app.ClientId}&client_secret={app.ClientSecret}&{form}");

        Assert.Equal((HttpStatusCode.BadRequest, InvalidRequest), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Reads_what_is_encoded_and_passes_over_what_it_does_not_know()
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post(
            Token, $"&{app.Credentials}&&%73%63ope=moons%2fread+moons%2Fread&audience=%C3%A9&flag&empty=");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("nonsense")]
    public async Task Takes_forms_alone(string? contentType)
    {
        var app = await DomainApp.Create(server);

        foreach (var path in (string[])[Token, Revoke])
        {
            var answer = await app.Post(path, app.Credentials, contentType: contentType);
            Assert.Equal((HttpStatusCode.BadRequest, InvalidRequest), (answer.Status, answer.Body));
        }

        var named = await app.Post(
            Token, app.Credentials, contentType: "Application/X-WWW-Form-Urlencoded; charset=UTF-8");
        Assert.Equal(HttpStatusCode.OK, named.Status);
    }

    [Fact]
    public async Task Parameters_in_the_address_are_none()
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post($"{Token}?{app.Credentials}", "");

        Assert.Equal((HttpStatusCode.BadRequest, InvalidRequest), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Bounds_what_it_reads()
    {
        var app = await DomainApp.Create(server);
        var many = string.Concat(Enumerable.Range(0, 64).Select(i => $"&p{i}=v"));

        var tooLong = await app.Post(Token, app.Credentials + "&pad=" + new string('x', 65_536));
        var tooMany = await app.Post(Token, app.Credentials + many);
        var scopes = await app.Post(
            Token, app.Credentials + "&scope=" + string.Concat(Enumerable.Repeat("a+", 30_000)));

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, InvalidRequest), (tooLong.Status, tooLong.Body));
        Assert.Equal((HttpStatusCode.BadRequest, InvalidRequest), (tooMany.Status, tooMany.Body));
        Assert.Equal("""{"error":"invalid_scope"}""", scopes.Body);
    }

    [Theory]
    [InlineData(Token, "GET", "POST, OPTIONS")]
    [InlineData(Token, "PUT", "POST, OPTIONS")]
    [InlineData(Revoke, "GET", "POST, OPTIONS")]
    [InlineData(Revoke, "DELETE", "POST, OPTIONS")]
    [InlineData(UserInfo, "PUT", "GET, POST, OPTIONS")]
    public async Task Refuses_other_methods(string path, string method, string allowed)
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Send(new(method), path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal(allowed, answer.Header("Allow")!.Replace(" ", "").Replace(",", ", "));
        Assert.Equal(InvalidRequest, answer.Body);
    }

    [Theory]
    [InlineData(Token)]
    [InlineData(Revoke)]
    [InlineData(UserInfo)]
    public async Task Lets_pages_of_any_origin_ask_and_never_with_cookies(string path)
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Send(
            HttpMethod.Options, path, null, null, null,
            ("Origin", "https://evil.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,x-amz-user-agent"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("POST", answer.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Equal(
            "authorization,content-type,x-amz-user-agent", answer.Header("Access-Control-Allow-Headers"));
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("", answer.Body);
    }

    [Fact]
    public async Task Says_of_a_missing_and_of_a_bad_token_what_the_service_says()
    {
        var app = await DomainApp.Create(server);
        var own = JsonNode.Parse((await app.Post(Token, app.Credentials)).Body)!["access_token"]!;

        var missing = await app.Send(HttpMethod.Get, UserInfo);
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Equal(
            "error=\"invalid_request\", error_description=\"Bad OAuth2 request at UserInfo Endpoint\"",
            missing.Header("WWW-Authenticate"));

        // A client's own token names no user.
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            var bad = await app.Send(
                method, UserInfo, null, null, null, ("Authorization", $"Bearer {own.GetValue<string>()}"));
            Assert.Equal(HttpStatusCode.Unauthorized, bad.Status);
            Assert.Equal(
                "error=\"invalid_token\", error_description=\"Access token is expired, disabled, or deleted, "
                + "or the user has globally signed out.\"",
                bad.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task Answers_a_revocation_with_an_empty_body()
    {
        var app = await DomainApp.Create(server);
        var client = $"client_id={app.ClientId}&client_secret={app.ClientSecret}";

        var done = await app.Post(Revoke, $"{client}&token=unknown&token_type_hint=access_token");
        var refused = await app.Post(Revoke, $"client_id={app.ClientId}&token=unknown");

        Assert.Equal((HttpStatusCode.OK, ""), (done.Status, done.Body));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, """{"error":"invalid_client"}"""), (refused.Status, refused.Body));
    }

    [Fact]
    public async Task Tells_nobody_of_a_secret_in_an_answer()
    {
        var app = await DomainApp.Create(server);

        var answer = await app.Post(Token, app.Credentials.Replace("client_credentials", app.ClientSecret));

        Assert.Equal("""{"error":"unsupported_grant_type"}""", answer.Body);
    }
}
