using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>An account is confirmed while the page still waits for its code.</summary>
public sealed class ConfirmedElsewhereTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    [Theory]
    [InlineData("PT1S")]
    [InlineData("PT1H")]
    public async Task The_browser_that_registered_is_led_to_the_sign_in(string later)
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();
        var confirm = await SignUp(app, person, "eva");
        var code = await app.LastCode("eva@example.com");
        await app.Admin("AdminConfirmSignUp", "eva");
        await app.Advance(later);

        var typed = await person.Fill(confirm, ("code", code));
        var resent = await Resend(person, confirm);

        Assert.All([typed, resent], page => Assert.Contains("Your account is confirmed. You can", page.Html));
        Assert.All([typed, resent], page => Assert.Contains("value=\"eva\"", page.Html));
        Assert.All([typed, resent], page => Assert.True(page.AsksForPassword));
    }

    [Fact]
    public async Task Who_sends_the_right_code_twice_is_told_of_no_wrong_one()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();
        var confirm = await SignUp(app, person, "ida");
        var code = await app.LastCode("ida@example.com");

        var home = await person.Fill(confirm, ("code", code));
        var twice = await person.Fill(confirm, ("code", code));

        Assert.True(home.Answer.ContainsKey("code"), home.Html);
        Assert.DoesNotContain("Invalid verification code", twice.Html);
        Assert.Contains("Your account is confirmed", twice.Html);
    }

    [Fact]
    public async Task Nobody_else_learns_that_the_account_is_confirmed()
    {
        var app = await WithVerifiedMail();
        using var other = app.NewPerson();
        var confirm = await SignUp(app, other, "oda");

        var withSession = await Guess(other, confirm, "ana", hasSession: true);
        var without = await Guess(other, confirm, "ana", hasSession: false);
        var nobody = await Guess(other, confirm, "nobody-at-all", hasSession: false);

        foreach (var page in (Seen[])[withSession, without, nobody])
        {
            Assert.Contains("Invalid verification code", page.Html);
            Assert.DoesNotContain("is confirmed", page.Html);
        }
    }

    private static Task<Seen> Guess(Person person, Seen confirm, string name, bool hasSession)
    {
        var form = confirm.Forms.Single(form => form.Names.Contains("code"));
        var fields = new Dictionary<string, string>(form.Hidden) { ["username"] = name, ["code"] = "000000" };
        if (!hasSession) fields.Remove("session");
        return person.Post(new Uri(confirm.Url, form.Action).ToString(), fields);
    }

    private Task<OpenIdApp> WithVerifiedMail() => OpenIdApp.Create(
        compatible.Server, pool: new() { ["AutoVerifiedAttributes"] = new JsonArray("email") });

    private static async Task<Seen> SignUp(OpenIdApp app, Person person, string name)
    {
        var login = await person.Open(app.Request());
        var signUp = await person.Open(login.Url.ToString().Replace("/login", "/signup"));
        return await person.Fill(
            signUp, ("username", name), ("password", OpenIdApp.Password),
            ("requiredAttributes[email]", $"{name}@example.com"));
    }

    private static Task<Seen> Resend(Person person, Seen page)
    {
        var form = page.Forms.Single(form => form.Action.Contains("/resendcode"));
        return person.Post(new Uri(page.Url, form.Action).ToString(), form.Hidden);
    }
}
