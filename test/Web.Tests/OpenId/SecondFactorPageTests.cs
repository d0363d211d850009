using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Who waits for the code of a second factor can have another, choose another way, correct what was
/// entered, and go back.</summary>
public sealed class SecondFactorPageTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Who_gets_no_code_can_have_another(int version)
    {
        var app = await WithFactors(version);
        var phone = await AddPerson(app, "ivo");
        using var person = app.NewPerson();
        var asked = await app.SignIn(person, "ivo");
        var first = await app.LastCode(phone);

        var again = await person.Fill(asked, ("resend", "true"));
        var second = await app.LastCode(phone);
        var home = await person.Fill(again, ("code", second));

        Assert.NotEqual(first, second);
        Assert.All([asked, again], page => Assert.Contains(phone[^4..], page.Html));
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
        Assert.Contains("Back to sign-in", asked.Html);
        Assert.DoesNotContain("Try another way", asked.Html);
    }

    [Fact]
    public async Task Only_so_many_codes_are_sent_in_an_hour()
    {
        var app = await WithFactors();
        await AddPerson(app, "jan");
        using var person = app.NewPerson();
        var page = await app.SignIn(person, "jan");

        List<Seen> pages = [];
        for (var number = 0; number < 6; number++)
            pages.Add(page = await person.Fill(page, ("resend", "true")));

        Assert.All(pages[..5], sent => Assert.DoesNotContain("Attempt limit exceeded", sent.Html));
        Assert.Contains("Attempt limit exceeded", pages[5].Html);
        Assert.Contains("name=\"code\"", pages[5].Html);
    }

    [Fact]
    public async Task Who_has_another_factor_can_use_that()
    {
        var app = await WithFactors();
        var phone = await AddPerson(app, "kim", "kim@example.com");
        await app.Admin(
            "AdminSetUserMFAPreference", "kim",
            ("SMSMfaSettings", Switched(isPreferred: true)),
            ("EmailMfaSettings", Switched(isPreferred: false)));
        using var person = app.NewPerson();
        var asked = await app.SignIn(person, "kim");
        var used = await app.LastCode(phone);

        var choice = await Press(person, asked, "/mfa/choose");
        var shown = await Press(person, choice, "/mfa/choose");
        var mailed = await person.Fill(shown, ("factor", "EMAIL_OTP"));
        var wrong = await person.Fill(mailed, ("code", used));
        var home = await person.Fill(wrong, ("code", await app.LastCode("kim@example.com")));

        Assert.Contains("EMAIL_OTP", choice.Html);
        Assert.Contains("SMS_MFA", choice.Html);
        Assert.Contains("Try another way", wrong.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_has_mistyped_a_new_number_can_correct_it()
    {
        var app = await WithFactors();
        await app.AddUser("lea", []);
        using var person = app.NewPerson();
        var setUp = await app.SignIn(person, "lea");
        var number = await person.Fill(setUp, ("factor", "SMS_MFA"));
        var mistyped = await person.Fill(number, ("phone_number", "+15555550161"));

        var corrected = await Press(person, mistyped, "/mfa/setup", "Use another phone number");
        var asked = await person.Fill(corrected, ("phone_number", "+15555550162"));
        var again = await person.Fill(asked, ("resend", "true"));
        var home = await person.Fill(again, ("code", await app.LastCode("+15555550162")));
        var lea = await app.Admin("AdminGetUser", "lea");

        Assert.Contains("15555550161", corrected.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
        Assert.Contains("15555550162", lea["UserAttributes"]!.ToJsonString());
    }

    [Fact]
    public async Task Who_would_rather_set_up_another_factor_can()
    {
        var app = await WithFactors();
        await app.AddUser("mia", []);
        using var person = app.NewPerson();
        var setUp = await app.SignIn(person, "mia");
        var number = await person.Fill(setUp, ("factor", "SMS_MFA"));
        var asked = await person.Fill(number, ("phone_number", "+15555550163"));

        var choice = await Press(person, asked, "/mfa/setup", "Try another way");
        var address = await person.Fill(choice, ("factor", "EMAIL_OTP"));
        var mailed = await person.Fill(address, ("email", "mia@example.com"));
        var home = await person.Fill(mailed, ("code", await app.LastCode("mia@example.com")));

        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task A_first_factor_is_not_mistaken_for_a_second()
    {
        var app = await OpenIdApp.Create(
            compatible.App.Server,
            client: new() { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_AUTH") },
            pool: new()
            {
                ["Policies"] = JsonNode.Parse(
                    """{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}"""),
            });
        using var person = app.NewPerson();
        var login = await person.Open(app.Request());
        var choice = await person.Fill(login, ("username", "ana"));
        var mailed = await person.Fill(choice, ("factor", "EMAIL_OTP"));
        var form = mailed.Forms.Single(form => form.Names.Contains("code"));

        foreach (var path in (string[])["/mfa", "/mfa/choose", "/mfa/setup"])
        {
            var refused = await person.Post(
                mailed.Url.ToString().Replace("/login", path), [.. form.Hidden, new("resend", "true")]);

            Assert.Contains("Something went wrong", refused.Html);
        }
    }

    private static JsonObject Switched(bool isPreferred) =>
        new() { ["Enabled"] = true, ["PreferredMfa"] = isPreferred };

    /// <summary>Presses a button that stands alone in a form.</summary>
    private static Task<Seen> Press(Person person, Seen page, string path, string? text = null)
    {
        if (text is not null) Assert.Contains(text, page.Html);
        var isCorrection = text == "Use another phone number";
        var form = page.Forms.Last(form =>
            form.Action.Contains(path + "?", StringComparison.Ordinal)
            && form.Hidden.ContainsKey("factor") == isCorrection);
        return person.Post(
            new Uri(page.Url, form.Action).ToString(),
            form.Hidden.Where(field => isCorrection || field.Key != "factor"));
    }

    /// <summary>Somebody with a number of their own; returns it.</summary>
    private static async Task<string> AddPerson(OpenIdApp app, string name, string? email = null)
    {
        var phone = $"+155555502{app.Prefix.Split('-')[1].PadLeft(2, '0')[^2..]}";
        Dictionary<string, string> attributes = new()
        {
            ["phone_number"] = phone,
            ["phone_number_verified"] = "true",
        };
        if (email is not null)
            (attributes["email"], attributes["email_verified"]) = (email, "true");
        await app.AddUser(name, attributes);
        return phone;
    }

    /// <summary>A pool that demands a second factor, which messages bring.</summary>
    private async Task<OpenIdApp> WithFactors(int version = 2)
    {
        var app = await OpenIdApp.Create(compatible.App.Server, version: version);
        return await app.WithCodesByMessage();
    }
}
