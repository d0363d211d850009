using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Pages that wait for a code are there again after a reload, and on the way back.</summary>
public sealed class ReloadedPageTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Who_reloads_the_page_for_the_code_of_a_new_account_can_go_on(int version)
    {
        var app = await WithVerifiedMail(version);
        using var person = app.NewPerson();
        var confirm = await SignUp(app, person, "eva");
        var wrong = await person.Fill(confirm, ("code", "000000"));

        var reloaded = await person.Open(wrong.Url.ToString());
        var back = await person.Open(confirm.Url.ToString());
        var code = await app.LastCode("eva@example.com");
        var home = await person.Fill(back, ("code", code));

        Assert.Contains("Invalid verification code", reloaded.Html);
        Assert.DoesNotContain("Invalid verification code", back.Html);
        Assert.All([reloaded, back], page => Assert.Contains("e***@e***", page.Html));
        Assert.DoesNotContain("already exists", back.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_reloads_the_page_for_a_new_password_can_go_on()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();
        var login = await person.Open(app.Request());
        var forgot = await person.Open(login.Url.ToString().Replace("/login", "/forgotPassword"));
        var reset = await person.Fill(forgot, ("username", "ana"));
        var code = await app.LastCode("+15555550100");
        var weak = await person.Fill(reset, ("code", code), ("password", "new-passw0rd"));

        var reloaded = await person.Open(weak.Url.ToString());
        var home = await person.Fill(reloaded, ("code", code), ("password", "New-Passw0rd!"));

        Assert.DoesNotContain("new-passw0rd", weak.Url.ToString() + weak.Html);
        Assert.Contains("must contain an uppercase letter", reloaded.Html);
        Assert.Contains("missing", reloaded.Html);
        Assert.Contains("fulfilled", reloaded.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Who_confirms_an_account_at_a_later_sign_in_is_told_so_and_signs_in(int version)
    {
        var app = await WithVerifiedMail(version);
        using var first = app.NewPerson();
        await SignUp(app, first, "ida");
        using var person = app.NewPerson();
        var confirm = await app.SignIn(person, "ida");

        var code = await app.LastCode("ida@example.com");
        var confirmed = await person.Fill(confirm, ("code", code));
        var home = await person.Fill(confirmed, ("username", "ida"), ("password", OpenIdApp.Password));

        Assert.Contains("Your account has to be confirmed first. We sent you a code", confirm.Html);
        Assert.Contains("Send a new code", confirm.Html);
        Assert.Contains("Your account is confirmed", confirmed.Html);
        Assert.Contains("value=\"ida\"", confirmed.Html);
        Assert.True(confirmed.AsksForPassword);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_signs_up_where_no_codes_are_sent_is_told_and_asked_for_none()
    {
        using var person = compatible.App.NewPerson();
        var login = await person.Open(compatible.App.Request(("lang", "de")));
        var signUp = await person.Open(login.Url.ToString().Replace("/login", "/signup"));

        var told = await person.Fill(signUp, ("username", "jo"), ("password", OpenIdApp.Password));
        var again = await person.Fill(told, ("username", "jo"), ("password", OpenIdApp.Password));
        await compatible.App.Admin("AdminConfirmSignUp", "jo");
        var home = await person.Fill(again, ("username", "jo"), ("password", OpenIdApp.Password));

        foreach (var page in (Seen[])[told, again])
        {
            Assert.Contains("role=\"alert\"", page.Html);
            Assert.Contains("Ihr Konto ist angelegt, aber nicht best", page.Html);
            Assert.Contains("value=\"jo\"", page.Html);
            Assert.DoesNotContain("name=\"code\"", page.Html);
        }

        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task The_address_tells_nothing_and_is_of_no_use_to_others()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();
        using var other = app.NewPerson();
        await other.Open(app.Request());

        var confirm = await SignUp(app, person, "gwen");
        var seen = await other.Open(confirm.Url.ToString());
        var elsewhere = await person.Open(
            confirm.Url.ToString().Replace("/confirm?", "/confirmForgotPassword?"));
        var changed = await person.Open(confirm.Url + "A");

        Assert.DoesNotContain("gwen", confirm.Url.ToString());
        Assert.All([seen, elsewhere, changed], page => Assert.True(page.AsksForPassword, page.Html));
        Assert.All([seen, elsewhere, changed], page => Assert.DoesNotContain("gwen", page.Html));
        Assert.All([seen, elsewhere, changed], page => Assert.DoesNotContain("page_step", page.Html));
    }

    [Fact]
    public async Task Nothing_of_the_page_comes_into_what_the_app_gets()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();

        var confirm = await SignUp(app, person, "hanna");

        Assert.Contains("page_step=", confirm.Url.Query, StringComparison.Ordinal);
        Assert.All(confirm.Forms, form => Assert.DoesNotContain("page_step", form.Action));
    }

    [Fact]
    public async Task Who_chooses_another_language_keeps_what_the_page_for_a_code_shows()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();
        var confirm = await SignUp(app, person, "lena");
        var wrong = await person.Fill(confirm, ("code", "000000"));

        var german = await person.Open(wrong.In("de"));
        var home = await person.Fill(german, ("code", await app.LastCode("lena@example.com")));

        Assert.Contains("l***@e***", german.Html);
        Assert.Contains("lang=\"de\"", german.Html);
        Assert.Contains("Der Code ist falsch", german.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_chooses_another_language_at_the_sign_in_keeps_the_name_and_what_is_wrong()
    {
        using var person = compatible.App.NewPerson();
        var login = await person.Open(compatible.App.Request());
        var wrong = await person.Fill(login, ("username", "ana"), ("password", "Wrong-passw0rd"));

        var german = await person.Open(wrong.In("de"));
        var french = await person.Open(german.In("fr"));
        var home = await person.Fill(
            french, ("username", "ana"), ("password", OpenIdApp.Password));

        Assert.All([german, french], page => Assert.Contains("value=\"ana\"", page.Html));
        Assert.Contains("Benutzername oder Passwort ist falsch", german.Html);
        Assert.Contains("role=\"alert\"", french.Html);
        Assert.DoesNotContain("Wrong-passw0rd", german.Url.ToString() + german.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    private Task<OpenIdApp> WithVerifiedMail(int version = 2) => OpenIdApp.Create(
        compatible.App.Server,
        version: version,
        pool: new() { ["AutoVerifiedAttributes"] = new JsonArray("email") });

    private static async Task<Seen> SignUp(OpenIdApp app, Person person, string name)
    {
        var login = await person.Open(app.Request());
        var signUp = await person.Open(login.Url.ToString().Replace("/login", "/signup"));
        return await person.Fill(
            signUp, ("username", name), ("password", OpenIdApp.Password),
            ("requiredAttributes[email]", $"{name}@example.com"));
    }
}
