using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Browsers go nowhere that the client has not registered, letter for letter.</summary>
public sealed class RedirectTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private readonly OpenIdApp app = compatible.App;

    [Theory]
    [InlineData("https://app.example/cb/")]
    [InlineData("https://app.example/cb/../evil")]
    [InlineData("https://app.example/cb/..;/evil")]
    [InlineData("https://app.example/CB")]
    [InlineData("HTTPS://app.example/cb")]
    [InlineData("https://app.example:443/cb")]
    [InlineData("https://app.example@evil.example/cb")]
    [InlineData("https://app.example.evil.example/cb")]
    [InlineData("https://evil.example/https://app.example/cb")]
    [InlineData("https://app.example/cb#")]
    [InlineData("https://app.example/cb?code=stolen")]
    [InlineData("https://app.example/cb\\evil")]
    [InlineData("//app.example/cb")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)//https://app.example/cb")]
    [InlineData("https://app.example/cb ")]
    [InlineData("https://app.example/cb\n")]
    [InlineData("https://app.example/c%62")]
    public async Task An_address_that_is_not_registered_gets_nothing(string uri)
    {
        using var person = app.NewPerson();

        var page = await person.Open(app.Request(("redirect_uri", uri)));

        Assert.Equal((null, 400), (page.Location, page.Status));
        Assert.Contains($"error=redirect_mismatch&client_id={app.ClientId}", page.Url.Query);
        // Nor on the pages, which get the same query.
        var login = await person.Open(
            app.Request(("redirect_uri", uri)).Replace("/oauth2/authorize", "/login"));
        Assert.Equal((null, 400), (login.Location, login.Status));
    }

    [Theory]
    [InlineData("http://localhost:8080/cb", "http://localhost@evil.example/cb")]
    [InlineData("http://localhost:8080/cb", "http://localhost:8081/cb")]
    [InlineData("http://127.0.0.1:8080/cb", "http://localhost:8080/cb")]
    [InlineData("http://127.0.0.1:8080/cb", "http://127.0.0.1:8080@evil.example/cb")]
    public async Task The_own_machine_is_matched_as_strictly(string registered, string uri)
    {
        var local = await app.Another(new() { ["CallbackURLs"] = new JsonArray(registered) });
        using var person = app.NewPerson();

        Assert.True((await person.Open(local.Request(("redirect_uri", registered)))).AsksForPassword);
        Assert.Equal(400, (await person.Open(local.Request(("redirect_uri", uri)))).Status);
    }

    [Theory]
    [InlineData("redirect_uri=https%3A%2F%2Fevil.example%2Fcb")]
    [InlineData("state=other")]
    [InlineData("client_id=other")]
    [InlineData("scope=")]
    [InlineData("a=%ff")]
    [InlineData("%72edirect_uri=https%3A%2F%2Fevil.example")]
    public async Task A_request_that_can_be_read_in_two_ways_is_none(string more)
    {
        using var person = app.NewPerson();

        foreach (var path in (string[])["/oauth2/authorize", "/login", "/signup", "/logout"])
        {
            var page = await person.Open(app.Request().Replace("/oauth2/authorize", path) + $"&{more}");
            Assert.Equal((null, 400), (page.Location, page.Status));
        }
    }

    [Theory]
    [InlineData("client_id", null, "Required+parameters+missing")]
    [InlineData("redirect_uri", null, "Required+parameters+missing")]
    [InlineData("client_id", "unknown", "invalid_request")]
    [InlineData("client_id", "'; DROP TABLE app_client", "invalid_request")]
    public async Task Without_a_client_the_person_sees_a_page(string name, string? value, string error)
    {
        using var person = app.NewPerson();

        var page = await person.Open(app.Request((name, value)));

        Assert.Equal((null, 400), (page.Location, page.Status));
        Assert.Contains($"error={error}", page.Url.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logout_uri", "https://app.example/bye/")]
    [InlineData("logout_uri", "https://app.example/bye?x=y")]
    [InlineData("logout_uri", "/\\evil.example")]
    [InlineData("logout_uri", "//evil.example")]
    [InlineData("logout_uri", "\thttps://evil.example")]
    [InlineData("logout_uri", "https://app.example/cb")]
    [InlineData("redirect_uri", "https://app.example/bye")]
    [InlineData("redirect_uri", "https://evil.example")]
    public async Task Signing_out_leads_nowhere_else_and_changes_nothing_then(string name, string value)
    {
        using var person = app.NewPerson();
        await app.SignIn(person);

        var page = await person.Open(
            $"{app.Domain}/logout?client_id={app.ClientId}&response_type=code"
            + $"&{name}={WebUtility.UrlEncode(value)}");

        Assert.Equal((null, 400), (page.Location, page.Status));
        Assert.True((await person.Open(app.Request())).Answer.ContainsKey("code"));
    }

    [Theory]
    [InlineData("https://app.example/cb", "'self' https:")]
    [InlineData("http://localhost:8080/cb", "'self' https: http:")]
    [InlineData("planets://cb", "'self' planets:")]
    public async Task An_app_may_send_people_on_wherever_it_likes(string callback, string sources)
    {
        var wide = await app.Another(new() { ["CallbackURLs"] = new JsonArray(callback) });
        using var person = app.NewPerson();
        var login = await person.Open(wide.Request(("redirect_uri", callback)));

        foreach (var path in (string[])["/login", "/signup", "/forgotPassword"])
        {
            var page = await person.Open(login.Url.ToString().Replace("/login", path));
            Assert.Contains($"form-action {sources};", page.Headers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_passkey_page_leads_back_to_registered_addresses_alone()
    {
        using var person = app.NewPerson();
        await app.SignIn(person);

        var page = await person.Open(
            $"{app.Domain}/passkeys/add?client_id={app.ClientId}&redirect_uri=https%3A%2F%2Fevil.example");

        Assert.Null(page.Location);
        Assert.Equal(400, page.Status);
        Assert.DoesNotContain("href=\"https://evil.example", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_implicit_flow_that_is_off_does_not_come_on_at_the_pages()
    {
        using var person = app.NewPerson();
        var page = await person.Open(app.Request());

        var tampered = await person.Post(
            page.Url.ToString().Replace("response_type=code", "response_type=token"),
            [
                new("csrf", person.Cookies["XSRF-TOKEN"]), new("username", "ana"),
                new("password", OpenIdApp.Password),
            ]);

        Assert.Equal($"{OpenIdApp.Callback}#state=the+state&error=unauthorized_client", tampered.Location);
    }
}
