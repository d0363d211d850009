using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Pages that ask for a code once more tell as well as the first time where it is.</summary>
public sealed class WrongCodePageTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Phone = "*******0100";

    [Fact]
    public async Task Who_enters_a_wrong_code_for_a_new_password_still_sees_where_it_went()
    {
        using var person = compatible.App.NewPerson();
        var reset = await Forget(person);

        var again = await person.Fill(reset, ("code", "000000"), ("password", "New-Passw0rd!"));
        var thrice = await person.Fill(again, ("code", "111111"), ("password", "New-Passw0rd!"));

        Assert.All([reset, again, thrice], page => Assert.Contains(Phone, page.Html));
        Assert.DoesNotContain("Invalid verification code", reset.Html);
        Assert.All([again, thrice], page => Assert.Contains("Invalid verification code", page.Html));
    }

    [Fact]
    public async Task Who_enters_a_wrong_code_for_a_new_account_still_sees_where_it_went()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();

        var confirm = await SignUp(app, person);
        var again = await person.Fill(confirm, ("code", "000000"));

        Assert.All([confirm, again], page => Assert.Contains("e***@e***", page.Html));
        Assert.Contains("Invalid verification code", again.Html);
    }

    [Fact]
    public async Task Who_is_refused_another_code_still_sees_where_the_last_one_went()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();
        var confirm = await SignUp(app, person);

        List<Seen> pages = [confirm];
        for (var number = 0; number < 10; number++) pages.Add(await Resend(person, pages[^1]));

        Assert.DoesNotContain("Attempt limit exceeded", pages[1].Html);
        Assert.All(pages[^2..], page => Assert.Contains("Attempt limit exceeded", page.Html));
        Assert.All(pages, page => Assert.Contains("e***@e***", page.Html));
    }

    [Fact]
    public async Task What_somebody_writes_into_the_form_is_shown_as_text()
    {
        using var person = compatible.App.NewPerson();
        var reset = await Forget(person);

        var again = await person.Fill(
            reset, ("code", "000000"), ("password", "New-Passw0rd!"), ("sent_to", "<b>x</b>"));

        Assert.DoesNotContain("<b>x</b>", again.Html);
        Assert.Contains("&lt;b&gt;x&lt;/b&gt;", again.Html);
    }

    private Task<OpenIdApp> WithVerifiedMail() => OpenIdApp.Create(
        compatible.App.Server, pool: new() { ["AutoVerifiedAttributes"] = new JsonArray("email") });

    /// <summary>The page that asks a new account for its code.</summary>
    private static async Task<Seen> SignUp(OpenIdApp app, Person person)
    {
        var login = await person.Open(app.Request());
        var signUp = await person.Open(login.Url.ToString().Replace("/login", "/signup"));
        return await person.Fill(
            signUp, ("username", "eva"), ("password", OpenIdApp.Password),
            ("requiredAttributes[email]", "eva@example.com"));
    }

    private static Task<Seen> Resend(Person person, Seen page)
    {
        var form = page.Forms.Single(
            form => form.Action.Contains("resendcode", StringComparison.OrdinalIgnoreCase));
        return person.Post(new Uri(page.Url, form.Action).ToString(), form.Hidden);
    }

    /// <summary>The page that asks for the code of a new password.</summary>
    private async Task<Seen> Forget(Person person)
    {
        var login = await person.Open(compatible.App.Request());
        var forgot = await person.Open(login.Url.ToString().Replace("/login", "/forgotPassword"));
        return await person.Fill(forgot, ("username", "ana"));
    }
}
