using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Through which providers people may sign in to an app client: what it does not list opens nothing,
/// whatever page is asked.</summary>
public sealed class ClientProvidersTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private readonly OpenIdApp app = compatible.App;

    [Theory]
    [InlineData("/login")]
    [InlineData("/signup")]
    [InlineData("/confirm")]
    [InlineData("/resendcode")]
    [InlineData("/forgotPassword")]
    [InlineData("/confirmForgotPassword")]
    [InlineData("/changePassword")]
    [InlineData("/mfa")]
    [InlineData("/mfa/setup/totp")]
    public async Task Own_users_have_no_page_at_a_client_that_takes_none(string path)
    {
        var foreign = await TakesGoogleAlone();
        using var person = app.NewPerson();
        var page = await person.Open(foreign.Request());

        var seen = await person.Post(
            $"{foreign.Domain}{path}?{OpenIdApp.Form(foreign.Merge())}",
            [
                new("csrf", person.Cookies["XSRF-TOKEN"]), new("username", "ana"), new("code", "123456"),
                new("password", OpenIdApp.Password), new("session", "s"),
            ]);

        Assert.False(page.AsksForPassword);
        Assert.Equal((null, "/login"), (seen.Location, seen.Url.AbsolutePath[^"/login".Length..]));
        Assert.False(seen.AsksForPassword);
        Assert.DoesNotContain("cognito", person.Cookies.Keys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_browser_known_by_another_way_gets_no_code_for_such_a_client(int version)
    {
        var own = await OpenIdApp.Create(app.Server, version: version);
        var foreign = await TakesGoogleAlone(own);
        using var person = own.NewPerson();
        await own.SignIn(person);

        var asked = await person.Open(foreign.Request());
        var forced = await person.Post(
            $"{foreign.Domain}/login?{OpenIdApp.Form(foreign.Merge())}",
            [
                new("csrf", person.Cookies["XSRF-TOKEN"]), new("_csrf", person.Cookies["XSRF-TOKEN"]),
                new("account", "continue"),
            ]);

        Assert.Null(asked.Location);
        Assert.Null(forced.Location);
    }

    [Theory]
    [InlineData("/login", "errorMessage")]
    [InlineData("/error", "error_description")]
    [InlineData("/error", "error")]
    public async Task What_somebody_writes_into_an_address_is_not_shown(string path, string parameter)
    {
        using var person = app.NewPerson();

        var seen = await person.Open(
            $"{app.Domain}{path}?{OpenIdApp.Form(app.Merge((parameter, "Call 555 0100 at once")))}");

        Assert.DoesNotContain("555 0100", seen.Html.Replace("555+0100", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_sent_anew_only_where_codes_begin_a_sign_in()
    {
        await app.AddUser("temp", new() { ["email"] = "temp@example.com", ["email_verified"] = "true" });
        await app.Admin(
            "AdminSetUserPassword", "temp", ("Password", OpenIdApp.Password), ("Permanent", false));
        using var person = app.NewPerson();
        var change = await person.Fill(
            await person.Open(app.Request()), ("username", "temp"), ("password", OpenIdApp.Password));

        var seen = await person.Post(
            $"{app.Domain}/login?{OpenIdApp.Form(app.Merge())}",
            [
                new("csrf", person.Cookies["XSRF-TOKEN"]), new("username", "temp"), new("resend", "true"),
                new("session", change.Forms[0].Hidden["session"]),
            ]);

        Assert.True(seen.AsksForPassword);
    }

    private Task<OpenIdApp> TakesGoogleAlone() => TakesGoogleAlone(app);

    private static async Task<OpenIdApp> TakesGoogleAlone(OpenIdApp of)
    {
        // There may be one of that name already.
        await of.Server.Call("CreateIdentityProvider", new JsonObject
        {
            ["UserPoolId"] = of.PoolId,
            ["ProviderName"] = "Google",
            ["ProviderType"] = "Google",
            ["ProviderDetails"] = new JsonObject
            {
                ["client_id"] = "stars",
                ["client_secret"] = "secret",
                ["authorize_scopes"] = "openid",
            },
        }.ToJsonString());
        return await of.Another(new() { ["SupportedIdentityProviders"] = new JsonArray("Google") });
    }
}
