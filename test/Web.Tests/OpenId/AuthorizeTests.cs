using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>The authorization endpoint as the service has it.</summary>
public sealed class AuthorizeTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private readonly OpenIdApp app = compatible.App;

    [Fact]
    public async Task A_code_comes_with_the_state_and_is_good_once()
    {
        using var person = app.NewPerson();

        var back = await app.SignIn(person);

        Assert.Equal(["code", "state"], back.Answer.Keys);
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", back.Answer["code"]);
        var tokens = await app.Tokens(back);
        await app.IdToken(tokens);
        Assert.Equal(
            """{"error":"invalid_grant"}""", (await app.Redeem(back.Answer["code"])).Body);
        // Whoever was second may have been the rightful one.
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.UserInfo(tokens)).Status);
    }

    [Fact]
    public async Task A_code_is_good_for_five_minutes()
    {
        using var person = app.NewPerson();
        var (early, late) = (await app.SignIn(person), await person.Open(app.Request()));
        await app.Advance("PT4M55S");
        await app.Tokens(early);
        await app.Advance("PT6S");

        Assert.Equal(
            """{"error":"invalid_grant"}""", (await app.Redeem(late.Answer["code"])).Body);
    }

    [Theory]
    [InlineData("openid email", true)]
    [InlineData("aws.cognito.signin.user.admin", false)]
    public async Task Implicit_clients_get_their_tokens_in_the_fragment_and_none_to_refresh(
        string scope, bool hasIdToken)
    {
        var browser = await Implicit();
        using var person = app.NewPerson();

        var back = await browser.SignIn(person, "ana", ("response_type", "token"), ("scope", scope));

        Assert.StartsWith($"{OpenIdApp.Callback}#", back.Location, StringComparison.Ordinal);
        Assert.Equal(hasIdToken, back.Answer.ContainsKey("id_token"));
        Assert.False(back.Answer.ContainsKey("refresh_token"));
        Assert.Equal(
            ("Bearer", "3600", "the state"),
            (back.Answer["token_type"], back.Answer["expires_in"], back.Answer["state"]));
        if (!hasIdToken) return;
        await browser.IdToken(new()
        {
            ["id_token"] = back.Answer["id_token"],
            ["access_token"] = back.Answer["access_token"],
        });
    }

    [Fact]
    public async Task Errors_of_implicit_clients_come_in_the_fragment()
    {
        var browser = await Implicit();
        using var person = app.NewPerson();

        var back = await person.Open(browser.Request(("response_type", "token"), ("scope", "foreign")));

        Assert.Equal(
            $"{OpenIdApp.Callback}#error_description=invalid_scope&state=the+state&error=invalid_request",
            back.Location);
    }

    [Theory]
    [InlineData("code_challenge", Pkce.Challenge, "code_challenge_method", "plain")]
    [InlineData("code_challenge", Pkce.Challenge, "code_challenge_method", null)]
    [InlineData("code_challenge", "short", "code_challenge_method", "S256")]
    [InlineData("code_challenge", null, "code_challenge_method", "S256")]
    [InlineData("resource", "http://api.example", "prompt", null)]
    [InlineData("resource", "https://api.example#a", "prompt", null)]
    [InlineData("resource", "api", "prompt", null)]
    [InlineData("prompt", "none login", "resource", null)]
    [InlineData("prompt", "create", "resource", null)]
    [InlineData("max_age", "-1", "resource", null)]
    [InlineData("response_type", null, "resource", null)]
    public async Task Refuses_what_is_malformed(string name, string? value, string other, string? otherValue)
    {
        using var person = app.NewPerson();

        var back = await person.Open(app.Request((name, value), (other, otherValue)));

        Assert.Equal($"{OpenIdApp.Callback}?state=the+state&error=invalid_request", back.Location);
    }

    [Fact]
    public async Task A_challenge_takes_its_verifier_and_nothing_else()
    {
        using var person = app.NewPerson();
        (string, string?)[] pkce = [("code_challenge", Pkce.Challenge), ("code_challenge_method", "S256")];
        await app.SignIn(person);

        foreach (var wrong in (string?[])[null, $"{Pkce.Verifier[..^1]}x", Pkce.Challenge, "short"])
        {
            var back = await person.Open(app.Request(pkce));
            Assert.Equal(
                """{"error":"invalid_grant"}""",
                (await app.Redeem(back.Answer["code"], verifier: wrong)).Body);
        }

        var right = await person.Open(app.Request(pkce));
        Assert.Equal(
            HttpStatusCode.OK, (await app.Redeem(right.Answer["code"], verifier: Pkce.Verifier)).Status);
    }

    [Fact]
    public async Task A_flow_that_the_client_does_not_have_is_refused_at_the_callback()
    {
        using var person = app.NewPerson();

        var back = await person.Open(app.Request(("response_type", "token")));

        Assert.Equal($"{OpenIdApp.Callback}#state=the+state&error=unauthorized_client", back.Location);
    }

    [Fact]
    public async Task Without_scopes_all_are_granted_and_foreign_ones_are_refused()
    {
        using var person = app.NewPerson();

        var tokens = await app.Tokens(await app.SignIn(person, "ana", ("scope", null)));
        var foreign = await person.Open(app.Request(("scope", "openid aws.cognito.signin.user.admin")));
        var alone = await person.Open(app.Request(("scope", "email")));

        Assert.Equal("openid email phone profile", ScopeOf(tokens));
        foreach (var refused in (Seen[])[foreign, alone])
        {
            Assert.Equal(
                $"{OpenIdApp.Callback}?error_description=invalid_scope&state=the+state&error=invalid_request",
                refused.Location);
        }
    }

    [Fact]
    public async Task A_custom_scope_that_is_no_more_is_left_out()
    {
        await DomainApp.Must(app.Server, "CreateResourceServer", $$"""
            {"UserPoolId":"{{app.PoolId}}","Identifier":"moons","Name":"Moons",
             "Scopes":[{"ScopeName":"read","ScopeDescription":"r"},
                       {"ScopeName":"old","ScopeDescription":"o"}]}
            """);
        var client = await app.Another(new()
        {
            ["AllowedOAuthScopes"] = new JsonArray("openid", "moons/read", "moons/old"),
        });
        await DomainApp.Must(app.Server, "UpdateResourceServer", $$"""
            {"UserPoolId":"{{app.PoolId}}","Identifier":"moons","Name":"Moons",
             "Scopes":[{"ScopeName":"read","ScopeDescription":"r"}]}
            """);
        using var person = app.NewPerson();

        var tokens = await client.Tokens(
            await client.SignIn(person, "ana", ("scope", "openid moons/old moons/read")));

        Assert.Equal("openid moons/read", ScopeOf(tokens));
    }

    [Theory]
    [InlineData("identity_provider", "cognito")]
    [InlineData("identity_provider", "Google")]
    [InlineData("idp_identifier", "example.com")]
    public async Task A_provider_that_the_client_does_not_have_leads_to_the_sign_in(string name, string value)
    {
        using var person = app.NewPerson();

        var page = await person.Open(app.Request((name, value)));

        Assert.Equal(401, page.Status);
        Assert.Contains("Login option is not available", page.Html, StringComparison.Ordinal);
        Assert.True(page.AsksForPassword);
    }

    [Theory]
    [InlineData(2, "none", false, "login_required")]
    [InlineData(2, "none", true, "code")]
    [InlineData(2, "login", true, "page")]
    [InlineData(2, "login", false, "page")]
    [InlineData(2, "select_account", true, "code")]
    [InlineData(2, "consent", true, "code")]
    [InlineData(2, "login consent", true, "page")]
    [InlineData(2, null, true, "code")]
    [InlineData(2, null, false, "page")]
    [InlineData(1, "none", false, "page")]
    [InlineData(1, "none", true, "code")]
    [InlineData(1, "login", true, "code")]
    public async Task Prompts_do_what_the_service_does(
        int version, string? prompt, bool isKnown, string expected)
    {
        var pages = version == 2 ? app : await OpenIdApp.Create(app.Server, version: 1);
        using var person = pages.NewPerson();
        if (isKnown) await pages.SignIn(person);

        var seen = await person.Open(pages.Request(("prompt", prompt)));

        var outcome = seen.Location is null ? "page" : seen.Answer.GetValueOrDefault("error") ?? "code";
        Assert.Equal(expected, outcome);
    }

    [Theory]
    [InlineData("https://api.example/a")]
    [InlineData("http://localhost:8080")]
    [InlineData("myapp://api")]
    public async Task A_resource_becomes_the_audience_and_stays_it(string resource)
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person, "ana", ("resource", resource)));

        var fresh = JsonNode.Parse((await app.Token(new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>(),
        })).Body)!.AsObject();

        Assert.Equal(resource, Access(tokens)["aud"]!.GetValue<string>());
        Assert.Equal(resource, Access(fresh)["aud"]!.GetValue<string>());
        Assert.Null(Access(await app.Tokens(await person.Open(app.Request())))["aud"]);
    }

    [Fact]
    public async Task A_hint_fills_in_the_name_and_no_more()
    {
        using var person = app.NewPerson();

        var page = await person.Open(app.Request(("login_hint", "\"><script>alert(1)</script>")));

        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_that_is_asked_for_stays()
    {
        using var person = app.NewPerson();

        await person.Open(app.Request(("lang", "en")));

        Assert.Equal("en", person.Cookies["lang"]);
        Assert.Contains(
            person.CookieLines,
            line => line.StartsWith("lang=en; max-age=31536000", StringComparison.Ordinal));
    }

    private static JsonObject Access(JsonObject tokens) =>
        OpenIdApp.Json(tokens["access_token"]!.GetValue<string>().Split('.')[1]);

    private static string ScopeOf(JsonObject tokens) => Access(tokens)["scope"]!.GetValue<string>();

    private Task<OpenIdApp> Implicit() => app.Another(new()
    {
        ["GenerateSecret"] = false,
        ["AllowedOAuthFlows"] = new JsonArray("implicit"),
        ["AllowedOAuthScopes"] = new JsonArray("openid", "email", "aws.cognito.signin.user.admin"),
    });
}
