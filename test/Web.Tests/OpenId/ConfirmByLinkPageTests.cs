using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Where mails hold links, nobody is asked for a code.</summary>
public sealed partial class ConfirmByLinkPageTests(CompatibleOpenId compatible)
    : IClassFixture<CompatibleOpenId>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Who_signs_up_is_told_to_open_the_link_and_asked_for_no_code(int version)
    {
        var app = await ByLink(version, "email");
        using var person = app.NewPerson();

        var waiting = await SignUp(app, person, "eva", ("requiredAttributes[email]", "eva@example.com"));
        var again = await Resend(person, waiting);
        var reloaded = await person.Open(again.Url.ToString());
        await Follow(app, "eva@example.com");
        var home = await person.Fill(
            await person.Open(SignInLink(reloaded)), ("username", "eva"), ("password", OpenIdApp.Password));

        foreach (var page in (Seen[])[waiting, again, reloaded])
        {
            MustAskForNoCode(page);
            Assert.Contains("We emailed a link to <strong><bdi>e***@e***</bdi></strong>", page.Html);
        }

        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    [Fact]
    public async Task Who_signs_in_unconfirmed_is_told_of_the_link_of_the_sign_up_and_gets_another()
    {
        var app = await ByLink(2, "email");
        using var first = app.NewPerson();
        await SignUp(app, first, "ida", ("requiredAttributes[email]", "ida@example.com"));
        using var person = app.NewPerson();

        var waiting = await app.SignIn(person, "ida");
        var again = await Resend(person, waiting);

        MustAskForNoCode(waiting);
        Assert.Contains("We emailed you a link for that when you signed up", waiting.Html);
        MustAskForNoCode(again);
        Assert.Contains("i***@e***", again.Html);
    }

    [Fact]
    public async Task A_text_message_holds_a_code_all_the_same()
    {
        var app = await ByLink(2, "email", "phone_number");
        using var person = app.NewPerson();

        var confirm = await SignUp(
            app, person, "uma", ("requiredAttributes[email]", "uma@example.com"),
            ("requiredAttributes[phone_number]", "+15555550177"));
        var home = await person.Fill(confirm, ("code", await app.LastCode("+15555550177")));

        Assert.Contains("We texted a code", confirm.Html);
        Assert.True(home.Answer.ContainsKey("code"), home.Html);
    }

    private static void MustAskForNoCode(Seen page)
    {
        Assert.DoesNotContain("name=\"code\"", page.Html);
        Assert.Contains("Send a new link", page.Html);
        Assert.Contains(">Sign in</a>", page.Html);
    }

    private Task<OpenIdApp> ByLink(int version, params string[] verified) => OpenIdApp.Create(
        compatible.Server,
        version: version,
        pool: new()
        {
            ["AutoVerifiedAttributes"] = new JsonArray([.. verified.Select(name => (JsonNode)name)]),
            ["SmsConfiguration"] = new JsonObject
            {
                ["SnsCallerArn"] = "arn:aws:iam::000000000000:role/sms",
            },
            ["VerificationMessageTemplate"] = new JsonObject { ["DefaultEmailOption"] = "CONFIRM_WITH_LINK" },
        });

    private static async Task<Seen> SignUp(
        OpenIdApp app, Person person, string name, params (string, string)[] attributes)
    {
        var login = await person.Open(app.Request());
        var signUp = await person.Open(login.Url.ToString().Replace("/login", "/signup"));
        return await person.Fill(
            signUp, [("username", name), ("password", OpenIdApp.Password), .. attributes]);
    }

    private static Task<Seen> Resend(Person person, Seen page)
    {
        var form = page.Forms.Single(form => form.Action.Contains("/resendcode"));
        return person.Post(new Uri(page.Url, form.Action).ToString(), form.Hidden);
    }

    private static string SignInLink(Seen page) => new Uri(
        page.Url, WebUtility.HtmlDecode(Link().Match(page.Html).Groups[1].Value)).ToString();

    /// <summary>Follows the link of the last mail.</summary>
    private static async Task Follow(OpenIdApp app, string address)
    {
        var inbox = JsonNode.Parse((await app.Server.Get($"/_lifeguard/inbox?to={address}")).Body)!;
        var body = inbox["messages"]!.AsArray()[^1]!["body"]!.GetValue<string>();
        var link = new Uri(WebUtility.HtmlDecode(InMail().Match(body).Groups[1].Value));
        Assert.Equal(HttpStatusCode.OK, (await app.Server.Get(link.PathAndQuery)).Status);
    }

    [GeneratedRegex("href=\"([^\"]*)\">Sign in</a>")]
    private static partial Regex Link();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex InMail();
}
