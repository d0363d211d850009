using System.Net;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary><c>GET /logout</c> as the service has it.</summary>
public sealed class SignOutTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private readonly OpenIdApp app = compatible.App;

    [Fact]
    public async Task Leads_to_the_logout_uri_without_anything_and_before_any_redirect_uri()
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person));
        var session = person.Cookies["cognito"];

        var back = await person.Open(
            $"{app.Domain}/logout?client_id={app.ClientId}&logout_uri={WebUtility.UrlEncode(OpenIdApp.Bye)}"
            + $"&redirect_uri={WebUtility.UrlEncode(OpenIdApp.Callback)}&response_type=code&state=s");

        Assert.Equal(OpenIdApp.Bye, back.Location);
        Assert.DoesNotContain("cognito", person.Cookies.Keys);
        // The session is over, and not only the cookie gone.
        person.Cookies["cognito"] = session;
        Assert.True((await person.Open(app.Request())).AsksForPassword);
        // Refresh tokens stay good (doc).
        var fresh = await app.Token(new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>(),
        });
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
    }

    [Fact]
    public async Task Leads_to_the_sign_in_with_what_came_and_all_scopes()
    {
        using var person = app.NewPerson();
        await app.SignIn(person);

        var page = await person.Open(
            $"{app.Domain}/logout?client_id={app.ClientId}&response_type=code&state=s&nonce=n"
            + $"&redirect_uri={WebUtility.UrlEncode(OpenIdApp.Callback)}");

        Assert.True(page.AsksForPassword);
        Assert.EndsWith(
            $"/login?client_id={app.ClientId}&response_type=code&redirect_uri="
            + $"{WebUtility.UrlEncode(OpenIdApp.Callback)}&state=s&nonce=n&scope=openid+email+phone+profile",
            page.Url.ToString(),
            StringComparison.OrdinalIgnoreCase);
        var back = await person.Fill(page, ("username", "ana"), ("password", OpenIdApp.Password));
        Assert.Equal("s", back.Answer["state"]);
    }

    [Theory]
    [InlineData("", "client_id")]
    [InlineData("client_id={0}", "redirect_uri")]
    [InlineData("client_id={0}&redirect_uri=https%3A%2F%2Fapp.example%2Fcb", "response_type")]
    [InlineData("client_id=unknown&logout_uri=https%3A%2F%2Fapp.example%2Fbye", "Client does not exist")]
    [InlineData(
        "client_id={0}&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye", "redirect_uri")]
    public async Task What_is_missing_is_told_on_a_page(string query, string told)
    {
        using var person = app.NewPerson();
        await app.SignIn(person);

        var page = await person.Open($"{app.Domain}/logout?{query.Replace("{0}", app.ClientId)}");

        Assert.Equal((null, 400), (page.Location, page.Status));
        Assert.Contains(told, WebUtility.UrlDecode(page.Url.Query), StringComparison.Ordinal);
        Assert.True((await person.Open(app.Request())).Answer.ContainsKey("code"));
    }

    [Fact]
    public async Task Two_people_at_one_browser_are_two()
    {
        using var person = app.NewPerson();
        await app.SignIn(person);
        await person.Open(
            $"{app.Domain}/logout?client_id={app.ClientId}&logout_uri={WebUtility.UrlEncode(OpenIdApp.Bye)}");

        var second = await app.IdToken(await app.Tokens(await app.SignIn(person, "ben")));

        Assert.Equal("ben", second["cognito:username"]!.GetValue<string>());
    }
}
