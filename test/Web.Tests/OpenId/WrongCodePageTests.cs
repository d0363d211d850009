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
        var reset = await Forget(compatible.App, person);

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
    public async Task Who_is_refused_another_code_for_a_new_password_stays_and_can_use_the_last_one()
    {
        var app = await WithVerifiedMail();
        using var person = app.NewPerson();
        List<Seen> pages = [await Forget(app, person)];
        var code = "";

        for (var number = 0; number < 24 && !IsLimited(pages[^1]); number++)
        {
            code = await app.LastCode("+15555550100");
            pages.Add(await Resend(person, pages[^1]));
        }

        var home = await person.Fill(pages[^1], ("code", code), ("password", "New-Passw0rd!"));

        Assert.True(IsLimited(pages[^1]), pages[^1].Html);
        Assert.All(pages, page => Assert.Contains("/confirmForgotPassword", page.Url.AbsolutePath));
        Assert.All(pages, page => Assert.Contains(Phone, page.Html));
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_has_to_choose_a_new_password_is_told_so_also_after_a_wrong_code()
    {
        const string Told = "An administrator has reset your password.";
        var app = await WithVerifiedMail();
        await app.Admin("AdminResetUserPassword", "ana");
        using var person = app.NewPerson();

        var reset = await app.SignIn(person);
        var wrong = await person.Fill(reset, ("code", "000000"), ("password", "New-Passw0rd!"));
        var again = await Resend(person, wrong);

        Assert.All([reset, wrong, again], page => Assert.Contains(Told, page.Html));
        Assert.Contains("Invalid verification code", wrong.Html);
        Assert.Contains(Phone, again.Html);
    }

    [Fact]
    public async Task What_somebody_writes_into_the_form_is_shown_as_text()
    {
        using var person = compatible.App.NewPerson();
        var reset = await Forget(compatible.App, person);

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

    /// <summary>Presses the button for another code, whichever kind it is of.</summary>
    private static Task<Seen> Resend(Person person, Seen page)
    {
        var form = page.Forms.Single(
            form => form.Action.Contains("/resendcode") || form.Action.Contains("/forgotPassword"));
        var fields = new Dictionary<string, string>(form.Hidden);
        if (form.Names.Contains("resend")) fields["resend"] = "true";
        return person.Post(new Uri(page.Url, form.Action).ToString(), fields);
    }

    private static bool IsLimited(Seen page) => page.Html.Contains("Attempt limit exceeded");

    /// <summary>The page that asks for the code of a new password.</summary>
    private static async Task<Seen> Forget(OpenIdApp app, Person person)
    {
        var login = await person.Open(app.Request());
        var forgot = await person.Open(login.Url.ToString().Replace("/login", "/forgotPassword"));
        return await person.Fill(forgot, ("username", "ana"));
    }
}
