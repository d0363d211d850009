using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Clients;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations.Federation;
using Lifeguard.Worlds;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>The pool as client of an OpenID Connect provider: what it sends, what it believes, and in which
/// words it says that it does not.</summary>
public sealed class OidcSignInTests
{
    private const string BadToken = "invalid_request: Bad id_token ";

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("HS256")]
    public async Task Believes_signatures_of_each_kind(string algorithm)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Algorithm = algorithm;

        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Fact]
    public async Task Sends_the_browser_with_state_nonce_and_proof_key_and_passes_hints_on()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var request = FederatedPool.Request() with
        {
            LoginHint = "ana@example.com",
            Prompt = ["login", "consent"],
        };

        var begun = await pool.Begin(request);

        Assert.Equal("https://id.example/authorize", begun.Address.GetLeftPart(UriPartial.Path));
        var sent = TestIdentityProvider.Query(begun.Address.Query);
        Assert.Equal(
            ("planets", "https://planets.example/oauth2/idpresponse", "openid email", "code"),
            (sent["client_id"], sent["redirect_uri"], sent["scope"], sent["response_type"]));
        Assert.Equal(
            ("S256", "ana@example.com", "login consent"),
            (sent["code_challenge_method"], sent["login_hint"], sent["prompt"]));
        string[] secrets = [sent["state"], sent["nonce"], sent["code_challenge"], begun.Browser];
        Assert.All(secrets, secret => Assert.Equal(43, secret.Length));
        Assert.Equal(4, secrets.Distinct().Count());
        Assert.DoesNotContain("app-state", begun.Address.AbsoluteUri, StringComparison.Ordinal);
        var row = Assert.Single(await world.RowsOf("federation_state"));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prompt_none_is_not_passed_on()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);

        var begun = await pool.Begin(FederatedPool.Request() with { Prompt = ["none"] });

        Assert.DoesNotContain("prompt", begun.Address.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Redeems_by_form_and_reads_attributes_as_configured(string method)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world, new { name = "name" }, method: method);
        pool.Provider.Attributes = new() { ["sub"] = "123", ["name"] = "Ana" };

        Assert.Equal("Partner_123", await pool.SignIn());

        Assert.Equal(
            ["POST /token", "GET /keys", $"{method} /userinfo"], pool.Provider.Requests);
        Assert.Equal("name=Ana", await pool.AttributesOf("Partner_123"));
        // The secret is in the form alone (doc).
        var form = pool.Sent.Single(request => request.Address.AbsolutePath == "/token");
        Assert.DoesNotContain(form.Headers, header => header.Key == "Authorization");
        Assert.Contains(
            "client_secret=oidc-secret-of-planets", Encoding.UTF8.GetString(form.Body.Span),
            StringComparison.Ordinal);
        Assert.All(pool.Sent, request => Assert.Equal(OutboundTrust.Foreign, request.Trust));
    }

    [Fact]
    public async Task What_the_attributes_say_goes_before_what_the_token_says()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Attributes = new() { ["sub"] = "123", ["email"] = "newer@example.com" };

        await pool.SignIn();

        Assert.Equal("email=newer@example.com;email_verified=false", await pool.AttributesOf("Partner_123"));
    }

    public static TheoryData<string, string> BadClaims() => new()
    {
        { """{"iss":"https://evil.example"}""", "issuer https://evil.example" },
        { """{"iss":null}""", "issuer " },
        { """{"aud":"somebody-else"}""", "audience" },
        { """{"aud":[]}""", "audience" },
        { """{"aud":["planets","somebody-else"]}""", "audience" },
        { """{"aud":["planets"],"azp":"somebody-else"}""", "audience" },
        { """{"aud":"planets","azp":7}""", "audience" },
        { """{"sub":null}""", "subject" },
        { """{"exp":1}""", "expiry" },
        { """{"exp":"9999999999"}""", "expiry" },
        { """{"exp":null}""", "expiry" },
        { """{"iat":9999999999}""", "time of issue" },
        { """{"iat":null}""", "time of issue" },
        { """{"nbf":9999999999}""", "begin" },
        { """{"nonce":"another"}""", "nonce" },
        { """{"nonce":null}""", "nonce" },
        { """{"at_hash":"AAAAAAAAAAAAAAAAAAAAAA"}""", "at_hash" },
    };

    [Theory, MemberData(nameof(BadClaims))]
    public async Task Claims_that_are_not_for_this_sign_in_are_not_believed(string changed, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Changes = claims =>
        {
            foreach (var (name, value) in JsonNode.Parse(changed)!.AsObject())
            {
                if (value is null) claims.Remove(name);
                else claims[name] = value.DeepClone();
            }
        };

        Assert.Equal(BadToken + told, await pool.SignIn());
        Assert.Empty(await world.RowsOf("users"));
    }

    [Fact]
    public async Task A_provider_may_stay_at_real_time_when_the_clock_is_moved()
    {
        var real = new FakeTimeProvider(World.Beginning);
        await using var world = await World.Start(DatabaseKind.Memory, outside: real);
        using var pool = await FederatedPool.Create(world, clock: real);
        world.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("Partner_123", await pool.SignIn());

        real.Advance(TimeSpan.FromDays(1));
        pool.Provider.Changes = claims => claims["exp"] = World.Beginning.ToUnixTimeSeconds();

        Assert.Equal(BadToken + "expiry", await pool.SignIn());
    }

    [Fact]
    public async Task Several_audiences_are_good_where_the_token_says_who_asked()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Changes = claims =>
        {
            claims["aud"] = new JsonArray("planets", "other");
            claims["azp"] = "planets";
        };

        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Fact]
    public async Task A_final_slash_of_the_issuer_makes_no_difference()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Changes = claims => claims["iss"] = "https://id.example/";

        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Fact]
    public async Task Attributes_of_another_subject_are_not_taken()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Attributes = new() { ["sub"] = "victim", ["email"] = "victim@example.com" };

        Assert.Equal(
            "invalid_request: The attributes of the provider are those of another subject",
            await pool.SignIn());
    }

    public static TheoryData<string, int, string, string> BadAnswers() => new()
    {
        {
            "/token", 400, """{"error":"invalid_grant"}""",
            """Bad token response: HTTP/1.1 400 Bad Request, entity: {"error":"invalid_grant"}"""
        },
        { "/token", 502, "", "Bad token response: HTTP/1.1 502 Bad Gateway, entity: " },
        { "/token", 302, "", "Bad token response: HTTP/1.1 302 Found, entity: " },
        { "/token", 200, "<html>", "Bad token response: HTTP/1.1 200 OK" },
        { "/token", 200, """{"access_token":"a"}""", "Bad token response: HTTP/1.1 200 OK" },
        { "/token", 200, """{"error":"x","id_token":"a"}""", "Bad token response: HTTP/1.1 200 OK" },
        { "/token", 200, """{"access_token":"a","id_token":"a.b"}""", "Bad id_token form" },
        { "/token", 401, "secret oidc-secret-of-planets", "Bad token response: HTTP/1.1 401 Unauthorized" },
        { "/keys", 500, "", "Partner Error - 500 error getting keys" },
        { "/keys", 200, "[]", "Partner Error - 200 error getting keys" },
        { "/keys", 200, """{"keys":[]}""", "Bad id_token signature" },
        { "/userinfo", 403, "", "Partner Error - 403 error getting attributes" },
        { "/userinfo", 200, "eyJhbGciOiJub25lIn0..", "Partner Error - 200 error getting attributes" },
        { "/userinfo", 200, """{"sub":"123","sub":"456"}""", "Partner Error - 200 error getting attributes" },
    };

    [Theory, MemberData(nameof(BadAnswers))]
    public async Task Answers_that_are_none_are_told_in_the_service_s_words(
        string path, int status, string body, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Instead = asked => asked == path ? new(status, body) : null;

        Assert.Equal($"invalid_request: {told}", await pool.SignIn());
        Assert.Empty(await world.RowsOf("users"));
    }

    [Theory]
    [InlineData("/token", "Timeout occurred in calling IdP token endpoint")]
    [InlineData("/keys", "error_description=Timeout in calling jwks uri")]
    [InlineData("/userinfo", "Read timed out")]
    public async Task A_provider_that_does_not_answer_is_given_up_after_ten_seconds(string path, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var answer = world.Get<ScriptedHttp>().Answer!;
        var hangs = new TaskCompletionSource();
        world.Get<ScriptedHttp>().AnswerLater = request =>
        {
            if (request.Address.AbsolutePath != path) return Task.FromResult(answer(request));
            hangs.SetResult();
            return new TaskCompletionSource<OutboundAnswer>().Task;
        };

        var signIn = pool.SignIn();
        await hangs.Task;
        Assert.False(signIn.IsCompleted);
        world.Clock.Advance(ProviderExchange.Limit);

        Assert.Equal($"invalid_request: {told}", await signIn);
    }

    [Theory]
    [InlineData(true, "Timeout occurred in calling IdP token endpoint")]
    [InlineData(false, "Connection reset")]
    public async Task What_breaks_on_the_way_is_told_without_saying_who_listens_where(
        bool isSlow, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        world.Get<ScriptedHttp>().AnswerLater = _ => throw new HttpRequestException(
            "10.0.0.1 is not on the public internet.", isSlow ? new TimeoutException() : null);

        Assert.Equal($"invalid_request: {told}", await pool.SignIn());
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/keys")]
    [InlineData("/userinfo")]
    public async Task Answers_of_more_than_a_megabyte_are_not_read(string path)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        pool.Provider.Instead = asked => asked == path
            ? new(200, $"{{\"pad\":\"{new string('x', ForeignJson.MaxBytes)}\"}}")
            : null;

        Assert.Equal("invalid_request: Connection reset", await pool.SignIn());
    }

    [Fact]
    public async Task Keys_are_kept_and_read_again_for_one_that_is_new_though_not_again_and_again()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        int Reads() => pool.Provider.Requests.Count(request => request == "GET /keys");
        await pool.SignIn();
        await pool.SignIn();
        Assert.Equal(1, Reads());

        pool.Provider.KeyId = "key-2";
        Assert.Equal(BadToken + "signature", await pool.SignIn());
        Assert.Equal(1, Reads());
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Partner_123", await pool.SignIn());
        Assert.Equal(2, Reads());

        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Partner_123", await pool.SignIn());
        Assert.Equal(3, Reads());
    }

    [Fact]
    public async Task The_provider_s_own_refusal_goes_on_to_the_app()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);

        Assert.Equal("access_denied: Ana said no", await pool.SignIn(answer =>
        {
            answer.Remove("code");
            answer["error"] = "access_denied";
            answer["error_description"] = "Ana said no";
        }));
        Assert.Equal("invalid_request", await pool.SignIn(answer => answer["error"] = "<script>"));
        Assert.Equal(
            "invalid_request: The response of the provider has no code",
            await pool.SignIn(answer => answer.Remove("code")));
        Assert.Empty(pool.Provider.Requests);
    }

    [Fact]
    public async Task Another_claim_may_say_who_it_is()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world, new { username = "login" });
        pool.Provider.Person["login"] = "ana";

        Assert.Equal("Partner_ana", await pool.SignIn());

        pool.Provider.Person.Remove("login");
        Assert.Equal("invalid_request: Partner did not say who the user is", await pool.SignIn());
    }
}
