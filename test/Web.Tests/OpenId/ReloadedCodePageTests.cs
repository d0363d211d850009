using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Who waits for the code of a sign-in finds its page again: it has an address of its own.</summary>
public sealed class ReloadedCodePageTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Mail = "sue@example.com";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Who_reloads_the_page_for_the_code_of_a_second_factor_can_go_on(int version)
    {
        var app = await WithMail(version);
        await AddSue(app);
        using var person = app.NewPerson();
        var asked = await app.SignIn(person, "sue");
        var again = await person.Fill(asked, ("resend", "true"));
        var wrong = await person.Fill(again, ("code", "000000"));

        var reloaded = await person.Open(wrong.Url.ToString());
        var back = await person.Open(again.Url.ToString());
        var home = await person.Fill(reloaded, ("code", await app.LastCode(Mail)));

        Assert.All([asked, again, wrong], page => Assert.EndsWith("/mfa", page.Url.AbsolutePath));
        Assert.All([reloaded, back], page => Assert.Contains("s***@e***", page.Html));
        Assert.Contains("Invalid verification code", reloaded.Html);
        Assert.DoesNotContain("Invalid verification code", back.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_has_chosen_a_factor_and_reloads_can_go_on()
    {
        var app = await WithMail();
        await AddSue(app, ("phone_number", "+15555550171"), ("phone_number_verified", "true"));
        using var person = app.NewPerson();
        var choice = await app.SignIn(person, "sue");
        var mailed = await person.Fill(choice, ("factor", "EMAIL_OTP"));

        var reloaded = await person.Open(mailed.Url.ToString());
        var home = await person.Fill(reloaded, ("code", await app.LastCode(Mail)));

        Assert.Contains("s***@e***", reloaded.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Theory]
    [InlineData("EMAIL_OTP", "email", "tom@example.com", "/mfa/setup/email")]
    [InlineData("SMS_MFA", "phone_number", "+15555550172", "/mfa/setup/sms")]
    public async Task Who_sets_up_a_factor_and_reloads_can_go_on(
        string factor, string field, string contact, string path)
    {
        var app = await WithMail();
        await app.AddUser("tom", []);
        using var person = app.NewPerson();
        var choice = await app.SignIn(person, "tom");
        var entry = await person.Fill(choice, ("factor", factor));
        var sent = await person.Fill(entry, (field, contact));

        var reloaded = await person.Open(sent.Url.ToString());
        var wrong = await person.Fill(reloaded, ("code", "000000"));
        var once = await person.Open(wrong.Url.ToString());
        var home = await person.Fill(once, ("code", await app.LastCode(contact)));

        Assert.EndsWith(path, sent.Url.AbsolutePath);
        Assert.Contains("Invalid verification code", once.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_begins_with_a_code_and_reloads_can_go_on()
    {
        var app = await BeginningWithMail();
        using var person = app.NewPerson();
        var mailed = await Begin(app, person, "ana");
        var code = await app.LastCode("ana@example.com");

        var reloaded = await person.Open(mailed.Url.ToString());
        var home = await person.Fill(reloaded, ("code", code));

        Assert.Equal(code, await app.LastCode("ana@example.com"));
        Assert.Contains("a***@e***", reloaded.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task A_name_that_nobody_has_leads_to_the_same_address()
    {
        var app = await BeginningWithMail();
        using var person = app.NewPerson();

        var known = await Begin(app, person, "ana");
        var unknown = await Begin(app, person, "joe");

        Assert.Equal(known.Url.ToString().Length, unknown.Url.ToString().Length);
        Assert.Contains("name=\"code\"", (await person.Open(unknown.Url.ToString())).Html);
    }

    [Fact]
    public async Task Who_chooses_another_language_keeps_the_page_for_the_code()
    {
        var app = await WithMail();
        await AddSue(app);
        using var person = app.NewPerson();
        var wrong = await person.Fill(await app.SignIn(person, "sue"), ("code", "000000"));

        var german = await person.Open(wrong.In("de"));
        var home = await person.Fill(german, ("code", await app.LastCode(Mail)));

        Assert.Contains("s***@e***", german.Html);
        Assert.Contains("Der Code ist falsch", german.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task The_address_is_of_no_use_to_others_and_comes_into_nothing_that_the_app_gets()
    {
        var app = await WithMail();
        await AddSue(app);
        using var person = app.NewPerson();
        using var other = app.NewPerson();
        await other.Open(app.Request());

        var asked = await app.SignIn(person, "sue");
        var seen = await other.Open(asked.Url.ToString());
        var elsewhere = await person.Open(asked.Url.ToString().Replace("/mfa?", "/mfa/setup/sms?"));
        var home = await person.Fill(asked, ("code", await app.LastCode(Mail)));

        Assert.All([seen, elsewhere], page => Assert.True(page.AsksForPassword, page.Html));
        Assert.All(asked.Forms, form => Assert.DoesNotContain("page_step", form.Action));
        Assert.Contains("no-referrer", asked.Headers);
        Assert.DoesNotContain("page_step", home.Location!);
    }

    [Fact]
    public async Task Who_comes_back_to_a_page_that_went_on_elsewhere_is_told_so()
    {
        var app = await WithMail();
        await AddSue(app, ("phone_number", "+15555550173"), ("phone_number_verified", "true"));
        using var person = app.NewPerson();
        var choice = await app.SignIn(person, "sue");
        await person.Fill(choice, ("factor", "EMAIL_OTP"));

        var twice = await person.Fill(choice, ("factor", "EMAIL_OTP"));

        Assert.Contains("This page has been used already", twice.Html);
        Assert.DoesNotContain("too long", twice.Html);
        Assert.Contains("Start again", twice.Html);
    }

    [Fact]
    public async Task Who_comes_back_too_late_is_told_so_at_once()
    {
        await using var server = new RunningServer { Settings = [("Pages:DefaultStyle", "true")] };
        await server.InitializeAsync();
        var app = await WithMail(server: server);
        await AddSue(app);
        using var person = app.NewPerson();
        var asked = await app.SignIn(person, "sue");

        await app.Advance("PT10M");
        var late = await person.Open(asked.Url.ToString());

        Assert.Contains("left open for too long", late.Html);
    }

    /// <summary>A pool that demands a second factor, which messages bring.</summary>
    private async Task<OpenIdApp> WithMail(int version = 2, RunningServer? server = null)
    {
        var app = await OpenIdApp.Create(server ?? compatible.App.Server, version: version);
        return await app.WithCodesByMessage();
    }

    /// <summary>A pool in which a code by e-mail may take the place of the password.</summary>
    private Task<OpenIdApp> BeginningWithMail() => OpenIdApp.Create(
        compatible.App.Server,
        client: new() { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_AUTH") },
        pool: new()
        {
            ["Policies"] = JsonNode.Parse(
                """{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}"""),
        });

    private static Task AddSue(OpenIdApp app, params (string Name, string Value)[] attributes)
    {
        var all = attributes.ToDictionary(each => each.Name, each => each.Value);
        (all["email"], all["email_verified"]) = (Mail, "true");
        return app.AddUser("sue", all);
    }

    private static async Task<Seen> Begin(OpenIdApp app, Person person, string name)
    {
        var choice = await person.Fill(await person.Open(app.Request()), ("username", name));
        return await person.Fill(choice, ("factor", "EMAIL_OTP"));
    }
}
