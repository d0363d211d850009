using System.Net;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Forms that only the pages can have sent, and browsers that stay signed in.</summary>
public sealed class PageSessionTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private readonly OpenIdApp app = compatible.App;

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0000000000000000000000000000000000000000000", null)]
    [InlineData("own", "cross-site")]
    [InlineData("own", "same-site")]
    public async Task A_form_that_no_page_of_the_domain_has_sent_is_refused(string? token, string? site)
    {
        using var person = app.NewPerson();
        var page = await person.Open(app.Request());
        List<KeyValuePair<string, string>> form =
            [new("username", "ana"), new("password", OpenIdApp.Password)];
        if (token is not null) form.Add(new("csrf", token == "own" ? person.Cookies["XSRF-TOKEN"] : token));

        var refused = await person.Post(
            page.Url.ToString(), form, site is null ? [] : [("Sec-Fetch-Site", site)]);

        Assert.Equal((null, 403), (refused.Location, refused.Status));
        Assert.DoesNotContain("cognito", person.Cookies.Keys);
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/signup")]
    [InlineData("/forgotPassword")]
    public async Task Who_has_lost_the_cookie_can_begin_anew(string path)
    {
        using var person = app.NewPerson();
        var login = await person.Open(app.Request(("lang", "de")));
        var page = await person.Open(login.Url.ToString().Replace("/login", path));
        person.Cookies.Clear();

        var refused = await person.Fill(page, ("username", "ana"));
        var again = await person.Open(LastLink(refused));

        Assert.Equal(403, refused.Status);
        Assert.Contains("Neu beginnen", refused.Html);
        Assert.DoesNotContain("invalid_request", refused.Html);
        Assert.Equal(page.Url, again.Url);
        Assert.Contains(again.Forms, form => form.Names.Contains("username"));
    }

    [Fact]
    public async Task A_token_without_its_cookie_is_none()
    {
        using var victim = app.NewPerson();
        using var attacker = app.NewPerson();
        await attacker.Open(app.Request());

        var refused = await victim.Post(
            app.Request().Replace("/oauth2/authorize", "/login"),
            [
                new("csrf", attacker.Cookies["XSRF-TOKEN"]), new("username", "ben"),
                new("password", OpenIdApp.Password),
            ]);

        Assert.Equal(403, refused.Status);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_bound_to_the_domain()
    {
        using var person = app.NewPerson();

        await app.SignIn(person);

        var line = person.CookieLines.Single(line => line.StartsWith("cognito=", StringComparison.Ordinal));
        Assert.Contains("max-age=3600", line, StringComparison.Ordinal);
        Assert.Contains($"path=/_domain/{app.Prefix}", line, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", line, StringComparison.Ordinal);
        Assert.Contains("httponly", line, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_HTTPS_the_cookie_is_the_host_s_alone()
    {
        await using var server = new RunningServer
        {
            Settings = [("PublicUrl", "https://id.example"), ("Pages:DefaultStyle", "true")],
        };
        await server.InitializeAsync();
        var secure = await OpenIdApp.Create(server);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/oauth2/authorize?{OpenIdApp.Form(secure.Merge())}");
        request.Headers.Host = $"{secure.Prefix}.auth.us-east-1.localhost";
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler)
        {
            BaseAddress = server.Address,
        };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        var line = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-XSRF-TOKEN=", line, StringComparison.Ordinal);
        Assert.Contains("; path=/; secure", line, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_browser_is_known_for_an_hour_which_use_does_not_prolong()
    {
        using var person = app.NewPerson();
        await app.SignIn(person);

        await app.Advance("PT40M");
        Assert.True((await person.Open(app.Request())).Answer.ContainsKey("code"));
        await app.Advance("PT21M");

        Assert.True((await person.Open(app.Request())).AsksForPassword);
    }

    [Fact]
    public async Task Another_client_of_the_pool_takes_the_sign_in_over()
    {
        var other = await app.Another();
        using var person = app.NewPerson();
        var first = await app.IdToken(await app.Tokens(await app.SignIn(person)));

        var second = await other.IdToken(await other.Tokens(await person.Open(other.Request())));

        Assert.Equal(first["sub"]!.GetValue<string>(), second["sub"]!.GetValue<string>());
        Assert.Equal(first["auth_time"]!.GetValue<long>(), second["auth_time"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDeleteUser")]
    public async Task What_ends_a_sign_in_ends_it_in_the_browser_and_for_codes(string operation)
    {
        var name = $"user-{operation}";
        await app.AddUser(name, []);
        using var person = app.NewPerson();
        var back = await app.SignIn(person, name);
        await app.Advance("PT1S");

        await app.Admin(operation, name);

        Assert.Equal("""{"error":"invalid_grant"}""", (await app.Redeem(back.Answer["code"])).Body);
        Assert.True((await person.Open(app.Request())).AsksForPassword);
    }

    [Fact]
    public async Task A_browser_is_known_no_more_by_a_password_that_was_taken_away()
    {
        await app.AddUser("taken", []);
        using var person = app.NewPerson();
        await app.SignIn(person, "taken");
        var back = await person.Open(app.Request());

        await DomainApp.Must(app.Server, "AdminDisableProviderForUser", $$"""
            {"UserPoolId":"{{app.PoolId}}","User":{"ProviderName":"Cognito",
             "ProviderAttributeName":"Cognito_Subject","ProviderAttributeValue":"taken"} }
            """);

        Assert.Equal("""{"error":"invalid_grant"}""", (await app.Redeem(back.Answer["code"])).Body);
        Assert.True((await person.Open(app.Request())).AsksForPassword);
        Assert.Equal(
            "login_required", (await person.Open(app.Request(("prompt", "none")))).Answer["error"]);
    }

    [Fact]
    public async Task A_browser_that_is_known_spares_nobody_the_new_password()
    {
        await app.AddUser("interim", []);
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person, "interim"));
        var back = await person.Open(app.Request());

        await app.Admin(
            "AdminSetUserPassword", "interim", ("Password", "Interim-1234!"), ("Permanent", false));

        Assert.Equal("""{"error":"invalid_grant"}""", (await app.Redeem(back.Answer["code"])).Body);
        Assert.Equal(
            "login_required", (await person.Open(app.Request(("prompt", "none")))).Answer["error"]);
        var change = await person.Fill(
            await person.Open(app.Request()), ("username", "interim"), ("password", "Interim-1234!"));
        Assert.Null(change.Location);
        Assert.Contains("/changePassword?", change.Forms.Single().Action, StringComparison.Ordinal);
        // Tokens that are out stay good, as they do when a user changes the password.
        var refreshed = await app.Token(new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>(),
        });
        Assert.Equal(HttpStatusCode.OK, refreshed.Status);
    }

    [Fact]
    public async Task Whoever_signs_in_gets_a_new_session_whatever_the_browser_held()
    {
        using var attacker = app.NewPerson();
        await app.SignIn(attacker, "ben");
        using var victim = app.NewPerson();
        victim.Cookies["cognito"] = attacker.Cookies["cognito"];

        var page = await victim.Open(app.Request(("prompt", "login")));
        await victim.Fill(page, ("username", "ana"), ("password", OpenIdApp.Password));

        Assert.NotEqual(attacker.Cookies["cognito"], victim.Cookies["cognito"]);
        // What was put there is worth nothing any more.
        Assert.True((await attacker.Open(app.Request())).AsksForPassword);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_session_that_the_server_did_not_give_is_none(string value)
    {
        using var person = app.NewPerson();
        person.Cookies["cognito"] = value;

        Assert.True((await person.Open(app.Request())).AsksForPassword);
    }

    [Fact]
    public async Task A_sign_in_that_is_left_open_for_too_long_is_over()
    {
        await app.AddUser("late", []);
        await app.Admin(
            "AdminSetUserPassword", "late", ("Password", OpenIdApp.Password), ("Permanent", false));
        using var person = app.NewPerson();
        var page = await person.Open(app.Request());
        var change = await person.Fill(page, ("username", "late"), ("password", OpenIdApp.Password));
        await app.Advance("PT16M");

        var over = await person.Fill(change, ("password", "Second-Passw0rd!"));

        Assert.Null(over.Location);
        Assert.True(over.Html.Contains("Something went wrong", StringComparison.Ordinal), over.Html);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_page_that_is_left_open_for_more_than_five_minutes_is_over_and_begins_anew(int version)
    {
        var own = await OpenIdApp.Create(compatible.Server, version: version);
        using var person = own.NewPerson();
        var page = await person.Open(own.Request());
        await own.Advance("PT4M55S");
        var wrong = await person.Fill(page, ("username", "ana"), ("password", "wrong"));
        await own.Advance("PT5M2S");

        var over = await person.Fill(wrong, ("username", "ana"), ("password", OpenIdApp.Password));
        var again = await person.Open(LastLink(over));
        var home = await person.Fill(again, ("username", "ana"), ("password", OpenIdApp.Password));

        Assert.Contains("Incorrect username or password", wrong.Html);
        Assert.Contains("Something went wrong", over.Html);
        Assert.Contains("Start again", over.Html);
        Assert.Equal("the state", home.Answer["state"]);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Pages_are_never_framed_kept_or_told_to_other_origins()
    {
        var answer = await app.Send(
            HttpMethod.Get, $"/login?{OpenIdApp.Form(app.Merge())}", null, null,
            ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Contains("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("POST", "/oauth2/authorize")]
    [InlineData("POST", "/logout")]
    [InlineData("PUT", "/login")]
    [InlineData("OPTIONS", "/oauth2/authorize")]
    public async Task Other_methods_are_refused(string method, string path)
    {
        var answer = await app.Send(new(method), path, null, null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
    }

    /// <summary>Where the last link of a page leads.</summary>
    private static string LastLink(Seen page)
    {
        var link = page.Html[page.Html.LastIndexOf("<a href=\"", StringComparison.Ordinal)..].Split('"')[1];
        return new Uri(page.Url, WebUtility.HtmlDecode(link)).ToString();
    }
}
