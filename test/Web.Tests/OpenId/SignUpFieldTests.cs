using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>What browsers and password managers learn of the fields of a new account.</summary>
public sealed class SignUpFieldTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    [Theory]
    [InlineData("email", "type=\"email\"")]
    [InlineData("phone_number", "type=\"tel\"")]
    public async Task What_is_the_name_is_kept_as_the_name_by_password_managers(string name, string type)
    {
        var app = await OpenIdApp.Create(
            compatible.App.Server, pool: new() { ["UsernameAttributes"] = new JsonArray(name) },
            people: false);
        using var person = app.NewPerson();

        var field = Input(await SignUp(app, person), $"requiredAttributes[{name}]");

        Assert.Contains("autocomplete=\"username\"", field);
        Assert.Contains(type, field);
    }

    [Fact]
    public async Task An_address_beside_a_name_is_kept_as_an_address()
    {
        var app = await OpenIdApp.Create(
            compatible.App.Server, pool: new() { ["AutoVerifiedAttributes"] = new JsonArray("email") });
        using var person = app.NewPerson();

        var page = await SignUp(app, person);

        Assert.Contains("autocomplete=\"username\"", Input(page, "username"));
        Assert.Contains("autocomplete=\"email\"", Input(page, "requiredAttributes[email]"));
    }

    [Theory]
    [InlineData("j o", OpenIdApp.Password, "username")]
    [InlineData("jo", "short", "password")]
    public async Task The_field_that_is_refused_has_the_focus(string name, string password, string refused)
    {
        using var person = compatible.App.NewPerson();
        var empty = await SignUp(compatible.App, person);

        var page = await person.Fill(empty, ("username", name), ("password", password));

        Assert.DoesNotContain("autofocus", empty.Html);
        Assert.Single(Regex.Matches(page.Html, "autofocus"));
        Assert.Contains("autofocus", Input(page, refused));
        Assert.Contains("aria-invalid", Input(page, refused));
    }

    private static Task<Seen> SignUp(OpenIdApp app, Person person) =>
        person.Open(app.Request().Replace("/oauth2/authorize", "/signup"));

    private static string Input(Seen page, string name) =>
        Regex.Match(page.Html, $"<input id=[^>]* name=\"{Regex.Escape(name)}\"[^>]*>").Value;
}
