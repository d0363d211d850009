using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>The modules of the plan oidcc-basic-certification-test-plan of the OpenID Foundation's
/// conformance suite, as the plan runs them for clients set up beforehand. Its form-post sibling runs
/// the same modules with another response mode.</summary>
public abstract class BasicPlan(StrictOpenId strict, string? responseMode) : PlanSteps(strict, responseMode)
{
    private readonly OpenIdApp app = strict.App;

    [Fact(DisplayName = "oidcc-server")]
    public async Task Oidcc_server()
    {
        using var person = app.NewPerson();

        var tokens = await app.Tokens(await SignIn(person));

        Assert.Equal("Bearer", tokens["token_type"]!.GetValue<string>());
        var claims = await app.IdToken(tokens);
        var user = JsonNode.Parse((await app.UserInfo(tokens)).Body)!;
        Assert.Equal(claims["sub"]!.GetValue<string>(), user["sub"]!.GetValue<string>());
    }

    [Fact(DisplayName = "oidcc-response-type-missing")]
    public async Task Oidcc_response_type_missing()
    {
        using var person = app.NewPerson();

        var back = await Open(person, ("response_type", null));

        Assert.Equal("invalid_request", back.Answer["error"]);
        Assert.Equal("the state", back.Answer["state"]);
    }

    [Fact(DisplayName = "oidcc-userinfo-get")]
    public async Task Oidcc_userinfo_get()
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await SignIn(person));

        await MustTell(await app.UserInfo(tokens), tokens);
    }

    [Fact(DisplayName = "oidcc-userinfo-post-header")]
    public async Task Oidcc_userinfo_post_header()
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await SignIn(person));

        await MustTell(await app.Post("/oauth2/userInfo", "", Bearer(tokens)), tokens);
    }

    [Fact(DisplayName = "oidcc-userinfo-post-body")]
    public async Task Oidcc_userinfo_post_body()
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await SignIn(person));
        var form = $"access_token={tokens["access_token"]!.GetValue<string>()}";

        await MustTell(await app.Post("/oauth2/userInfo", form), tokens);
        // Never by both ways at once (RFC 6750 §2).
        Assert.Equal(
            HttpStatusCode.BadRequest, (await app.Post("/oauth2/userInfo", form, Bearer(tokens))).Status);
    }

    [Fact(DisplayName = "oidcc-ensure-request-without-nonce-succeeds-for-code-flow")]
    public async Task Oidcc_ensure_request_without_nonce_succeeds_for_code_flow()
    {
        using var person = app.NewPerson();

        await app.IdToken(await app.Tokens(await SignIn(person, ("nonce", null))), nonce: null);
    }

    [Fact(DisplayName = "oidcc-scope-profile")]
    public async Task Oidcc_scope_profile()
    {
        var claims = await ClaimsOf("openid profile");

        Assert.Equal("Ana Lima", claims["name"]!.GetValue<string>());
        Assert.Equal("https://ana.example", claims["profile"]!.GetValue<string>());
        Assert.Equal("1990-01-02", claims["birthdate"]!.GetValue<string>());
        Assert.Equal(1_700_000_000, claims["updated_at"]!.GetValue<long>());
        Assert.Null(claims["email"]);
    }

    [Fact(DisplayName = "oidcc-scope-email")]
    public async Task Oidcc_scope_email()
    {
        var claims = await ClaimsOf("openid email");

        Assert.Equal("ana@example.com", claims["email"]!.GetValue<string>());
        Assert.True(claims["email_verified"]!.GetValue<bool>());
        Assert.Null(claims["name"]);
    }

    [Fact(DisplayName = "oidcc-scope-address")]
    public async Task Oidcc_scope_address()
    {
        // Not announced, which makes the suite skip the module: a client that asks nevertheless is served.
        var claims = await ClaimsOf("openid address");

        Assert.Equal("1 Main Street", claims["address"]!["formatted"]!.GetValue<string>());
    }

    [Fact(DisplayName = "oidcc-scope-phone")]
    public async Task Oidcc_scope_phone()
    {
        var claims = await ClaimsOf("openid phone");

        Assert.Equal("+15555550100", claims["phone_number"]!.GetValue<string>());
        Assert.True(claims["phone_number_verified"]!.GetValue<bool>());
    }

    [Fact(DisplayName = "oidcc-scope-all")]
    public async Task Oidcc_scope_all()
    {
        var claims = await ClaimsOf("openid profile email address phone");

        foreach (var name in (string[])["name", "email", "email_verified", "phone_number"])
            Assert.NotNull(claims[name]);
    }

    [Fact(DisplayName = "oidcc-alternate-happy-flow (oidcc-ensure-other-scope-order-succeeds)")]
    public async Task Oidcc_ensure_other_scope_order_succeeds()
    {
        var claims = await ClaimsOf("email openid");

        Assert.Equal("ana@example.com", claims["email"]!.GetValue<string>());
    }

    [Fact(DisplayName = "oidcc-display-page")]
    public Task Oidcc_display_page() => Succeeds(("display", "page"));

    [Fact(DisplayName = "oidcc-display-popup")]
    public Task Oidcc_display_popup() => Succeeds(("display", "popup"));

    [Fact(DisplayName = "oidcc-prompt-login")]
    public async Task Oidcc_prompt_login()
    {
        using var person = app.NewPerson();
        var first = await app.IdToken(await app.Tokens(await SignIn(person)));
        await app.Advance("PT2S");

        // Fails where the page is left out: it is the second time that a password is asked for.
        var second = await app.IdToken(await app.Tokens(await SignIn(person, ("prompt", "login"))));

        Assert.Equal(first["sub"]!.GetValue<string>(), second["sub"]!.GetValue<string>());
        Assert.True(second["auth_time"]!.GetValue<long>() > first["auth_time"]!.GetValue<long>());
    }

    [Fact(DisplayName = "oidcc-prompt-none-not-logged-in")]
    public async Task Oidcc_prompt_none_not_logged_in()
    {
        using var person = app.NewPerson();

        var back = await Open(person, ("prompt", "none"));

        Assert.Equal("login_required", back.Answer["error"]);
        Assert.Equal("the state", back.Answer["state"]);
    }

    [Fact(DisplayName = "oidcc-prompt-none-logged-in")]
    public async Task Oidcc_prompt_none_logged_in()
    {
        using var person = app.NewPerson();
        var first = await app.IdToken(await app.Tokens(await SignIn(person)));

        var second = await app.IdToken(await app.Tokens(await Open(person, ("prompt", "none"))));

        Assert.Equal(first["sub"]!.GetValue<string>(), second["sub"]!.GetValue<string>());
        Assert.Equal(first["auth_time"]!.GetValue<long>(), second["auth_time"]!.GetValue<long>());
    }

    [Fact(DisplayName = "oidcc-max-age-1")]
    public async Task Oidcc_max_age_1()
    {
        using var person = app.NewPerson();
        var first = await app.IdToken(await app.Tokens(await SignIn(person)));
        await app.Advance("PT2S");

        var second = await app.IdToken(await app.Tokens(await SignIn(person, ("max_age", "1"))));

        Assert.True(second["auth_time"]!.GetValue<long>() > first["auth_time"]!.GetValue<long>());
    }

    [Fact(DisplayName = "oidcc-max-age-10000")]
    public async Task Oidcc_max_age_10000()
    {
        using var person = app.NewPerson();
        var first = await app.IdToken(await app.Tokens(await SignIn(person)));

        var second = await app.IdToken(await app.Tokens(await Open(person, ("max_age", "10000"))));

        Assert.Equal(first["auth_time"]!.GetValue<long>(), second["auth_time"]!.GetValue<long>());
    }

    [Fact(DisplayName = "oidcc-ensure-request-with-unknown-parameter-succeeds")]
    public Task Oidcc_ensure_request_with_unknown_parameter_succeeds() => Succeeds(("extra", "foobar"));

    [Fact(DisplayName = "oidcc-id-token-hint")]
    public async Task Oidcc_id_token_hint()
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await SignIn(person));
        var first = await app.IdToken(tokens);
        var hint = tokens["id_token"]!.GetValue<string>();

        var second = await app.IdToken(await app.Tokens(
            await Open(person, ("prompt", "none"), ("id_token_hint", hint))));
        Assert.Equal(first["sub"]!.GetValue<string>(), second["sub"]!.GetValue<string>());

        // Somebody else is signed in: nobody is taken for the one who is meant.
        using var another = app.NewPerson();
        await app.SignIn(another, "ben", Parameters());
        var other = await Open(another, ("prompt", "none"), ("id_token_hint", hint));
        Assert.Equal("login_required", other.Answer["error"]);
        var asked = await Open(another, ("id_token_hint", hint));
        var wrong = await another.Fill(asked, ("username", "ben"), ("password", OpenIdApp.Password));
        Assert.Equal("login_required", wrong.Answer["error"]);
    }

    [Fact(DisplayName = "oidcc-login-hint")]
    public async Task Oidcc_login_hint()
    {
        using var person = app.NewPerson();

        var page = await Open(person, ("login_hint", "ana"));

        Assert.Contains("value=\"ana\"", page.Html, StringComparison.Ordinal);
        var back = await person.Fill(page, ("username", "ana"), ("password", OpenIdApp.Password));
        await app.IdToken(await app.Tokens(back));
    }

    [Fact(DisplayName = "oidcc-ui-locales")]
    public async Task Oidcc_ui_locales()
    {
        using var person = app.NewPerson();

        var page = await Open(person, ("ui_locales", "se en"));

        Assert.Contains("lang=\"en\"", page.Html, StringComparison.Ordinal);
        var back = await person.Fill(page, ("username", "ana"), ("password", OpenIdApp.Password));
        await app.IdToken(await app.Tokens(back));
    }

    [Fact(DisplayName = "oidcc-claims-locales")]
    public Task Oidcc_claims_locales() => Succeeds(("claims_locales", "se"));

    [Fact(DisplayName = "oidcc-ensure-request-with-acr-values-succeeds")]
    public Task Oidcc_ensure_request_with_acr_values_succeeds() => Succeeds(("acr_values", "1 2"));

    [Fact(DisplayName = "oidcc-codereuse")]
    public Task Oidcc_codereuse() => ReuseOf(after: null);

    [Fact(DisplayName = "oidcc-codereuse-30seconds")]
    public Task Oidcc_codereuse_30seconds() => ReuseOf(after: "PT30S");

    [Fact(DisplayName = "oidcc-ensure-registered-redirect-uri")]
    public async Task Oidcc_ensure_registered_redirect_uri()
    {
        using var person = app.NewPerson();

        var page = await Open(person, ("redirect_uri", $"{OpenIdApp.Callback}/other"));

        Assert.Null(page.Location);
        Assert.Equal(400, page.Status);
    }

    [Fact(DisplayName = "oidcc-ensure-post-request-succeeds")]
    public async Task Oidcc_ensure_post_request_succeeds()
    {
        using var person = app.NewPerson();

        var page = await person.Post($"{app.Domain}/oauth2/authorize", app.Merge(Parameters()));

        var back = await person.Fill(page, ("username", "ana"), ("password", OpenIdApp.Password));
        await app.IdToken(await app.Tokens(back));
    }

    [Fact(DisplayName = "oidcc-server-client-secret-post")]
    public async Task Oidcc_server_client_secret_post()
    {
        using var person = app.NewPerson();

        await app.IdToken(await app.Tokens(await SignIn(person), byPost: true));
    }

    [Fact(DisplayName = "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported")]
    public async Task Oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported()
    {
        using var person = app.NewPerson();

        var back = await Open(person, ("request", "eyJhbGciOiJub25lIn0.e30."));

        Assert.Equal("request_not_supported", back.Answer["error"]);
        Assert.Equal("the state", back.Answer["state"]);
    }

    [Fact(DisplayName = "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported")]
    public async Task Oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported()
    {
        using var person = app.NewPerson();

        var back = await Open(person, ("request_uri", "https://app.example/request"));

        Assert.Equal("request_uri_not_supported", back.Answer["error"]);
        Assert.Equal(
            "registration_not_supported", (await Open(person, ("registration", "{}"))).Answer["error"]);
    }

    [Fact(DisplayName = "oidcc-claims-essential")]
    public async Task Oidcc_claims_essential()
    {
        using var person = app.NewPerson();

        var tokens = await app.Tokens(await SignIn(
            person, ("claims", """{"userinfo":{"name":{"essential":true}}}""")));

        var user = JsonNode.Parse((await app.UserInfo(tokens)).Body)!;
        Assert.Equal("Ana Lima", user["name"]!.GetValue<string>());
    }

    [Fact(DisplayName = "oidcc-ensure-request-object-with-redirect-uri")]
    public async Task Oidcc_ensure_request_object_with_redirect_uri()
    {
        using var person = app.NewPerson();

        var page = await Open(
            person,
            ("redirect_uri", $"{OpenIdApp.Callback}/other"), ("request", "eyJhbGciOiJub25lIn0.e30."));

        Assert.Null(page.Location);
        Assert.Equal(400, page.Status);
    }

    [Fact(DisplayName = "oidcc-refresh-token")]
    public async Task Oidcc_refresh_token()
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await SignIn(person));
        var first = await app.IdToken(tokens);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>(),
        };

        var fresh = JsonNode.Parse((await app.Token(form)).Body)!.AsObject();
        var second = await app.IdToken(fresh, nonce: null);
        var foreign = await Other.Token(form);

        foreach (var name in (string[])["iss", "sub", "aud", "auth_time"])
            Assert.Equal(first[name]!.ToJsonString(), second[name]!.ToJsonString());
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"error":"invalid_grant"}"""), (foreign.Status, foreign.Body));
    }

    [Fact(DisplayName = "oidcc-ensure-request-with-valid-pkce-succeeds")]
    public async Task Oidcc_ensure_request_with_valid_pkce_succeeds()
    {
        using var person = app.NewPerson();

        var back = await SignIn(
            person, ("code_challenge", Pkce.Challenge), ("code_challenge_method", "S256"));

        Assert.Equal(
            HttpStatusCode.OK,
            (await app.Redeem(back.Answer["code"], verifier: Pkce.Verifier)).Status);
    }
}
