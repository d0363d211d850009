using System.Net;
using System.Text.RegularExpressions;
using Lifeguard.Domain.Branding;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed partial class LoginPageEncodingTests
{
    private const string Marker = "xss-marker";

    public static TheoryData<string> Attacks =>
    [
        $"<script>alert('{Marker}')</script>",
        $"\"><img src=x onerror=alert('{Marker}')>",
        $"' onmouseover='{Marker}",
        $"</title><script>{Marker}</script>",
        $"</style></script><svg/onload={Marker}>",
        $"<!--<img src=\"--><img src=x onerror={Marker}//\">",
        $"<iframe srcdoc=\"<script>{Marker}</script>\">",
        $"&lt;script&gt;{Marker}&lt;/script&gt;",
        $"{{username}}{{application}}<b {Marker}>",
        $"\u2028<a href=\"javascript:{Marker}\">\0",
        $"<SCRIPT\n>{Marker}<",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Whatever_comes_from_others_stays_text(string attack)
    {
        var hostile = new SamplePages(_ => attack).All;
        var harmless = new SamplePages(_ => "harmless").All;
        foreach (var frame in (PageFrame[])[SampleFrame.Managed, SampleFrame.Classic])
        {
            var attacked = frame with
            {
                Query = attack,
                CsrfToken = attack,
                ApplicationName = attack,
                Base = attack,
            };
            var calm = frame with { Query = "q", CsrfToken = "q", ApplicationName = "q", Base = "q" };
            for (var i = 0; i < hostile.Count; i++)
            {
                var page = hostile[i].Draw(attacked).ToString();
                Assert.Contains(Marker, page);
                // The mark-up is that of the same page with harmless texts: the attack adds neither tag nor
                // attribute.
                Assert.Equal(
                    PageMarkup.Of(harmless[i].Draw(calm).ToString()), PageMarkup.Of(page));
            }
        }
    }

    [Fact]
    public void Options_of_passkeys_reach_the_script_unchanged()
    {
        const string options = """{"challenge":"a\"><&'","rp":{"name":"</script>Grüße"}}""";
        var page = PasskeyPage.Page(SampleFrame.Managed, new() { Username = "ana", Options = options });
        var attribute = OptionsOf().Match(page.ToString()).Groups[1].Value;
        Assert.Equal(options, WebUtility.HtmlDecode(attribute));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData(" \tjava\nscript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    public void Links_to_elsewhere_run_no_script(string href)
    {
        var frame = SampleFrame.Managed;
        string[] pages =
        [
            AddPasskeyPage.Page(frame, new() { Username = "ana", Options = "{}", CancelHref = href })
                .ToString(),
            SignedOutPage.Page(frame, new() { SignInHref = href }).ToString(),
            TimedOutPage.Page(frame, new() { RestartHref = href }).ToString(),
            SignUpPage.Page(frame, new() { Terms = new(href, href) }).ToString(),
        ];
        Assert.All(pages, page => Assert.DoesNotContain(href.Trim(), WebUtility.HtmlDecode(page)));
    }

    [Theory]
    [InlineData("https://app.example/cb?a=b")]
    [InlineData("myapp://signed-out")]
    [InlineData("/login?client_id=1")]
    public void Links_to_applications_work(string href) => Assert.Contains(
        $"<a href=\"{href}\">",
        WebUtility.HtmlDecode(
            SignedOutPage.Page(SampleFrame.Managed, new() { SignInHref = href }).ToString()));

    [Fact]
    public void Nobody_puts_words_onto_the_error_page_by_its_address()
    {
        var frame = SampleFrame.Managed;
        const string words = "Call 555-0100 and read out your password";
        Assert.DoesNotContain(words, ErrorPage.Page(frame, new() { Reason = words }).ToString());
        Assert.Contains(
            "<code>invalid_scope</code>",
            ErrorPage.Page(frame, new() { Reason = "invalid_scope" }).ToString());
    }

    [Fact]
    public void A_sheet_cannot_end_its_element()
    {
        const string css = ".logo-customizable{content:\"</style><script>alert(1)</script>\"}";
        var theme = SampleFrame.Classic.Theme with { Classic = new(css, null) };
        var page = SignInPage.Page(SampleFrame.Of(theme), new()).ToString();
        Assert.Contains("content:\"\\3c /style>\\3c script>alert(1)\\3c /script>\"", page);
        Assert.Equal(1, Regex.Count(page, "</style"));
    }

    [Fact]
    public void Models_and_frames_do_not_print_what_is_secret()
    {
        object[] holders =
        [
            SampleFrame.Managed with { CsrfToken = Marker },
            new SignInModel { Session = Marker },
            new PasswordModel { Username = "ana", Session = Marker },
            new SetUpTotpModel { Username = "ana", Issuer = "Planets", Secret = Marker },
        ];
        Assert.All(holders, holder => Assert.DoesNotContain(Marker, holder.ToString()!));
    }

    [GeneratedRegex("data-options=\"([^\"]*)\"")]
    private static partial Regex OptionsOf();
}
