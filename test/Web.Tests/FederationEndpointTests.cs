using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Clients;

namespace Lifeguard.Web.Tests;

/// <summary>From an app to another provider and back, as browsers go the way.</summary>
public sealed class FederationEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Lost =
        "error=invalid_request&error_description=The+sign-in+has+expired%2C+or+was+begun+in+another+browser";

    [Fact]
    public async Task An_app_gets_tokens_for_who_has_signed_in_elsewhere()
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);

        var away = await browser.Begin(more: "&nonce=app-nonce&scope=openid&login_hint=ana");
        var back = await browser.Return(elsewhere.Provider.Authorize(away));

        Assert.Equal("ana", TestIdentityProvider.Query(away.Query)["login_hint"]);
        Assert.StartsWith($"302 {FederatedBrowser.Callback}?code=", back, StringComparison.Ordinal);
        var given = TestIdentityProvider.Query(back[back.IndexOf('?')..]);
        Assert.Equal("app-state", given["state"]);
        var answer = await browser.App.Post(
            "/oauth2/token",
            FederatedBrowser.Form(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = browser.ClientId,
                ["redirect_uri"] = FederatedBrowser.Callback,
                ["code"] = given["code"],
            }));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var claims = JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(
            JsonNode.Parse(answer.Body)!["id_token"]!.GetValue<string>().Split('.')[1])))!;
        Assert.Equal("Partner_123", (string?)claims["cognito:username"]);
        Assert.Equal("ana@example.com", (string?)claims["email"]);
        Assert.Equal("app-nonce", (string?)claims["nonce"]);
        Assert.Equal($"{browser.App.PoolId}_Partner", (string?)claims["cognito:groups"]![0]);
        Assert.Equal("123", (string?)claims["identities"]![0]!["userId"]);
        // From here on the browser is known, without another look elsewhere.
        Assert.StartsWith(
            FederatedBrowser.Callback, (await browser.Begin()).AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_stays_known_when_a_linked_user_has_to_reset_the_password()
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        var pool = browser.App.PoolId;
        await DomainApp.Must(
            server,
            "AdminCreateUser",
            $$"""
            {"UserPoolId":"{{pool}}","Username":"ana","MessageAction":"SUPPRESS","UserAttributes":[
             {"Name":"phone_number","Value":"+15551230000"},
             {"Name":"phone_number_verified","Value":"true"}]}
            """);
        await DomainApp.Must(
            server,
            "AdminSetUserPassword",
            $$"""{"UserPoolId":"{{pool}}","Username":"ana","Password":"Old-1234!","Permanent":true}""");
        await DomainApp.Must(
            server,
            "AdminLinkProviderForUser",
            $$"""
            {"UserPoolId":"{{pool}}",
             "DestinationUser":{"ProviderName":"Cognito","ProviderAttributeValue":"ana"},
             "SourceUser":{"ProviderName":"Partner","ProviderAttributeName":"Cognito_Subject",
              "ProviderAttributeValue":"123"} }
            """);
        var back = await browser.Return(elsewhere.Provider.Authorize(await browser.Begin()));
        Assert.StartsWith($"302 {FederatedBrowser.Callback}?code=", back, StringComparison.Ordinal);

        await DomainApp.Must(
            server, "AdminResetUserPassword", $$"""{"UserPoolId":"{{pool}}","Username":"ana"}""");

        Assert.StartsWith(
            $"{FederatedBrowser.Callback}?code=",
            (await browser.Begin()).AbsoluteUri,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DeleteIdentityProvider", "\"ProviderName\":\"Partner\"")]
    [InlineData(
        "AdminDisableProviderForUser",
        """
        "User":{"ProviderName":"Partner","ProviderAttributeName":"Cognito_Subject",
         "ProviderAttributeValue":"123"}
        """)]
    public async Task A_browser_is_known_no_more_by_what_opens_nothing_any_more(
        string operation, string members)
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        // Classic pages know no prompt.
        await DomainApp.Must(server, "UpdateUserPoolDomain", $$"""
            {"UserPoolId":"{{browser.App.PoolId}}","Domain":"{{browser.App.Prefix}}",
             "ManagedLoginVersion":2}
            """);
        await browser.Return(elsewhere.Provider.Authorize(await browser.Begin()));
        var request = $"oauth2/authorize?client_id={browser.ClientId}&response_type=code"
            + $"&redirect_uri={Uri.EscapeDataString(FederatedBrowser.Callback)}";
        Assert.StartsWith(
            $"302 {FederatedBrowser.Callback}?code=",
            FederatedBrowser.Location(await browser.Get(request)),
            StringComparison.Ordinal);

        await DomainApp.Must(
            server, operation, $$"""{"UserPoolId":"{{browser.App.PoolId}}",{{members}} }""");

        Assert.StartsWith(
            $"302 /_domain/{browser.App.Prefix}/login?",
            FederatedBrowser.Location(await browser.Get(request)),
            StringComparison.Ordinal);
        Assert.Equal(
            $"302 {FederatedBrowser.Callback}?error=login_required",
            FederatedBrowser.Location(await browser.Get(request + "&prompt=none")));
    }

    [Fact]
    public async Task The_browser_is_bound_by_cookies_that_come_along_from_other_sites()
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);

        var answer = await browser.Get(
            $"oauth2/authorize?client_id={browser.ClientId}&response_type=code&identity_provider=Partner"
            + $"&redirect_uri={Uri.EscapeDataString(FederatedBrowser.Callback)}");

        var set = FederatedBrowser.SetCookies(answer).ToList();
        var value = browser.Cookies["csrf-state"];
        Assert.Equal(43, value.Length);
        var path = $"path=/_domain/{browser.App.Prefix}";
        Assert.Contains($"csrf-state={value}; max-age=300; {path}; secure; samesite=none; httponly", set);
        Assert.Contains($"csrf-state-legacy={value}; max-age=300; {path}; httponly", set);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotContain(value, answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csrf-state")]
    [InlineData("csrf-state-legacy")]
    public async Task Either_cookie_will_do(string kept)
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        var away = await browser.Begin();
        foreach (var name in browser.Cookies.Keys.Where(name => name != kept).ToList())
            browser.Cookies.Remove(name);

        var back = await browser.Return(elsewhere.Provider.Authorize(away));

        Assert.StartsWith($"302 {FederatedBrowser.Callback}?code=", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_without_the_cookie_or_with_another_one_ends_on_the_error_page()
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        using var victim = browser.Another();
        var answer = elsewhere.Provider.Authorize(await browser.Begin());
        var page = $"/_domain/{browser.App.Prefix}/error?{Lost}";

        Assert.Equal($"302 {page}", await victim.Return(answer));
        await victim.Begin();
        Assert.Equal($"302 {page}", await victim.Return(answer));

        Assert.Empty(elsewhere.Provider.Requests);
        Assert.Equal(400, (int)(await victim.Get($"error?{Lost}")).StatusCode);
        Assert.StartsWith(
            $"302 {FederatedBrowser.Callback}?code=", await browser.Return(answer), StringComparison.Ordinal);
        Assert.Equal($"302 {page}", await browser.Return(answer));
    }

    [Fact]
    public async Task An_answer_may_come_by_form()
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        var answer = elsewhere.Provider.Authorize(await browser.Begin());

        var back = await browser.Post("oauth2/idpresponse", FederatedBrowser.Form(answer));

        Assert.StartsWith(
            $"302 {FederatedBrowser.Callback}?code=", FederatedBrowser.Location(back),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code", '?')]
    [InlineData("token", '#')]
    public async Task What_goes_wrong_the_app_is_told_where_it_looks(string responseType, char separator)
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        var away = await browser.Begin(responseType);
        elsewhere.Provider.Instead = path => path == "/token" ? new(400, "no\nnot you") : null;

        var back = await browser.Return(elsewhere.Provider.Authorize(away));

        Assert.Equal(
            $"302 {FederatedBrowser.Callback}{separator}error_description=Bad+token+response%3A+HTTP%2F1.1+"
            + "400+Bad+Request%2C+entity%3A+no%0Anot+you&state=app-state&error=invalid_request",
            back);
        Assert.DoesNotContain("cognito", browser.Cookies.Keys);
    }

    [Theory]
    [InlineData("code=1&code=2&state=x")]
    [InlineData("code=%zz")]
    [InlineData("")]
    public async Task What_can_be_read_in_two_ways_or_not_at_all_leads_to_the_error_page(string query)
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        await browser.Begin();

        Assert.Equal(
            $"302 /_domain/{browser.App.Prefix}/error?{Lost}",
            FederatedBrowser.Location(await browser.Get($"oauth2/idpresponse?{query}")));
    }

    [Fact]
    public async Task Only_the_methods_that_browsers_come_with_are_taken_and_forms_are_bounded()
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);

        foreach (var (method, path) in new[]
        {
            ("PUT", "oauth2/idpresponse"), ("HEAD", "oauth2/idpresponse"), ("GET", "saml2/idpresponse"),
            ("DELETE", "saml2/logout"),
        })
        {
            Assert.Equal(405, (int)(await browser.Send(new(new(method), path))).StatusCode);
        }

        var long1 = new string('x', 70_000);
        Assert.InRange(
            (int)(await browser.Post("oauth2/idpresponse", $"state={long1}")).StatusCode, 300, 413);
    }

    [Fact]
    public async Task SAML_answers_that_nobody_has_asked_for_lead_to_the_error_page()
    {
        await using var elsewhere = await ProviderServer.Start();
        using var browser = await FederatedBrowser.Create(server, elsewhere.Provider);
        var page = $"302 /_domain/{browser.App.Prefix}/error?error=invalid_request&error_description="
            + "Invalid+samlResponse+or+relayState+from+identity+provider";

        foreach (var form in (string[])["", "SAMLResponse=x", "RelayState=x", "SAMLResponse=x&RelayState=x"])
        {
            var answer = await browser.Post("saml2/idpresponse", form);
            Assert.Equal(page, FederatedBrowser.Location(answer));
            Assert.Equal(page, FederatedBrowser.Location(await browser.Post("saml2/logout", form)));
        }

        // What begins with the provider is a request of an app, and only SAML providers may begin so.
        var relay = $"client_id={browser.ClientId}&response_type=code&identity_provider=Partner&state=s"
            + $"&redirect_uri={Uri.EscapeDataString(FederatedBrowser.Callback)}";
        var begun = await browser.Post(
            "saml2/idpresponse", $"SAMLResponse=x&RelayState={Uri.EscapeDataString(relay)}");
        Assert.Equal(
            $"302 {FederatedBrowser.Callback}?error_description=Invalid+samlResponse+or+relayState+from+"
            + "identity+provider&state=s&error=invalid_request",
            FederatedBrowser.Location(begun));
    }
}
