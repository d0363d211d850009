using System.Text.RegularExpressions;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed partial class LoginPageTests
{
    public static TheoryData<string> Names =>
        [.. SamplePages.Friendly.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_of_managed_login_is_as_approved(string name) =>
        Approved.Match($"{name}.managed", Body(Draw(name, SampleFrame.Managed)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_classic_page_is_as_approved(string name) =>
        Approved.Match($"{name}.classic", Body(Draw(name, SampleFrame.Classic)));

    [Fact]
    public void The_head_of_a_page_is_as_approved()
    {
        var page = HashOfFile().Replace(Draw("passkey", SampleFrame.Managed), "?v=…");
        Approved.Match("head.managed", Palette().Replace(Lines(page).Split("<body>")[0], "{…}"));
    }

    [Fact]
    public void A_page_with_all_that_a_theme_can_change_is_as_approved()
    {
        var page = Draw("sign-in-everything", SampleFrame.Of(SampleThemes.Rich));
        var images = Regex.Match(page, "}}(:root{--page-image.*)</style>").Groups[1].Value;
        var icons = Regex.Match(page, "<link rel=.icon.*>").Value;
        var element = Regex.Match(page, "<html.*>").Value;
        Approved.Match("theme.managed", $"{images}\n{icons}\n{element}\n{Body(page)}");
        var passkey = Draw("passkey", SampleFrame.Of(SampleThemes.Rich));
        Assert.Contains("<img src=\"/assets/passkey_graphic-dynamic\"", passkey);
    }

    [Fact]
    public void Browsers_and_scripts_find_the_fields_by_the_names_of_the_service()
    {
        var managed = Draw("sign-in", SampleFrame.Managed);
        Assert.Contains("name=\"username\"", managed);
        Assert.Contains("name=\"password\"", managed);
        Assert.Contains("<button type=\"submit\"", managed);
        Assert.Contains("<input type=\"hidden\" name=\"csrf\" value=\"token\">", managed);

        var classic = Draw("sign-in", SampleFrame.Classic);
        Assert.Equal(2, Regex.Count(classic, "id=\"signInFormUsername\" name=\"username\""));
        Assert.Equal(2, Regex.Count(classic, "id=\"signInFormPassword\" name=\"password\""));
        Assert.Equal(2, Regex.Count(classic, "<input type=\"submit\" name=\"signInSubmitButton\""));
        Assert.Equal(2, Regex.Count(classic, "<input type=\"hidden\" name=\"_csrf\" value=\"token\">"));
        Assert.Equal(2, Regex.Count(classic, "<input type=\"hidden\" name=\"cognitoAsfData\" value=\"\">"));
    }

    [Theory]
    [InlineData("sign-in-everything", "inputField", "submitButton", "label", "socialButton", "idpButton",
        "legalText", "errorMessage", "banner", "background", "redirect")]
    [InlineData("code-by-email", "textDescription")]
    [InlineData("sign-up-refused", "passwordCheck-notValid", "passwordCheck-valid")]
    public void Classic_pages_have_the_classes_that_can_be_styled(string name, params string[] classes)
    {
        var page = Draw(name, SampleFrame.Classic);
        Assert.All(classes, style => Assert.Matches($"class=\"[^\"]*\\b{style}-customizable[ \"]", page));
        Assert.DoesNotContain("-customizable", Body(Draw(name, SampleFrame.Managed)));
    }

    /// <summary>What a form or link needs to find its way back.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_form_carries_the_query_and_the_token(string name)
    {
        var frame = SampleFrame.Managed with { Base = "/_domain/acme", Query = "client_id=1&state=a%26b" };
        var page = Draw(name, frame);
        foreach (Match form in Form().Matches(page))
        {
            Assert.Contains("method=\"post\" action=\"/_domain/acme/", form.Value);
            Assert.Contains("?client_id=1&amp;state=a%26b\"", form.Value);
            Assert.Contains("<input type=\"hidden\" name=\"csrf\" value=\"token\">", form.Value);
        }

        Assert.All(
            OwnLink().Matches(page).Select(link => link.Groups[1].Value),
            address => Assert.StartsWith("/_domain/acme/", address));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_id_is_there_once_and_whatever_is_referred_to_is_there(string name)
    {
        var page = Draw(name, SampleFrame.Managed);
        var ids = Id().Matches(page).Select(id => id.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        var named = Reference().Matches(page).SelectMany(each => each.Groups[1].Value.Split(' '));
        Assert.All(named, id => Assert.Contains(id, ids));
        Assert.Equal(1, Regex.Count(page, "<h1>"));
    }

    [Fact]
    public void Errors_stand_first_in_the_title_and_beside_their_fields()
    {
        var page = Draw("sign-up-refused", SampleFrame.Managed);
        Assert.Contains("<title>Error: Create an account – Planets</title>", page);
        Assert.Contains("<div class=\"alert error\" role=\"alert\">", page);
        Assert.Matches(
            "aria-describedby=\"password-error password-rules\" aria-invalid=\"true\" required", page);
    }

    [Fact]
    public void Scripts_are_there_for_passkeys_only()
    {
        foreach (var (name, draw) in SamplePages.Friendly.All)
        {
            var page = draw(SampleFrame.Managed).ToString();
            var scripts = Regex.Count(page, "<script src=\"/_pages/passkeys.js");
            Assert.Equal(page.Contains("data-passkey") ? 1 : 0, scripts);
            Assert.DoesNotContain("<script", draw(SampleFrame.Classic).ToString());
            Assert.DoesNotMatch(" on[a-z]+=| style=", page);
        }
    }

    private static string Draw(string name, PageFrame frame) =>
        SamplePages.Friendly.All.Single(page => page.Name == name).Draw(frame).ToString();

    /// <summary>Drawings are for the eye, and are left out.</summary>
    private static string Body(string page) =>
        Lines(Drawing().Replace("<body>" + page.Split("<body>")[1], "<svg$1…/>"));

    /// <summary>Without the empty lines that pieces leave which are not there.</summary>
    private static string Lines(string page) => string.Concat(
        page.Split('\n').Where(line => line.Trim().Length > 0).Select(line => line.TrimEnd() + "\n"));

    [GeneratedRegex(@"\?v=[0-9a-f]+")]
    private static partial Regex HashOfFile();

    [GeneratedRegex("{[^{}]*}")]
    private static partial Regex Palette();

    [GeneratedRegex("<svg( role=\"img\" aria-label=\"[^\"]*\")?.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<a href=\"([^\"]*client_id[^\"]*)\"")]
    private static partial Regex OwnLink();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex(" (?:for|aria-describedby)=\"([^\"]+)\"")]
    private static partial Regex Reference();
}
