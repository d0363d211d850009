using System.Net;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>What leads nowhere is told on a page, in the reader's language.</summary>
public sealed class ErrorPageTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private readonly OpenIdApp app = compatible.App;

    [Fact]
    public async Task An_unknown_client_is_told_in_the_readers_language()
    {
        using var person = app.NewPerson();

        var page = await person.Open(app.Request(("client_id", "nobody")));
        var german = await person.Open(page.Url + "&lang=de");

        Assert.Contains("There is no such application here.", page.Html);
        Assert.Contains("Diese Anwendung gibt es hier nicht.", german.Html);
        Assert.DoesNotContain("Client does not exist", german.Html);
        Assert.Contains("<code>invalid_request</code>", german.Html);
    }

    [Fact]
    public async Task A_sign_out_that_lacks_something_is_told_in_the_readers_language()
    {
        using var person = app.NewPerson();

        var page = await person.Open($"{app.Domain}/logout");
        var german = await person.Open(page.Url + "&lang=de");

        Assert.Contains("In der Anfrage fehlen notwendige Angaben.", german.Html);
        Assert.DoesNotContain("Required String", german.Html);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/login/nothing?lang=de")]
    public async Task A_browser_at_an_address_without_a_page_sees_one_that_says_so(string path)
    {
        var answer = await app.Server.Get(app.Domain + path, ("Accept", Browser), ("Accept-Language", "de"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("Unter dieser Adresse gibt es keine Seite.", answer.Body);
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"));
        Assert.Contains("no-referrer", answer.Header("Referrer-Policy"));
    }

    [Theory]
    [InlineData("GET", "/nothing", "*/*")]
    [InlineData("GET", "/favicon.ico", "image/avif,image/webp,*/*;q=0.8")]
    [InlineData("POST", "/nothing", Browser)]
    public async Task Others_get_the_status_alone(string method, string path, string accept)
    {
        var answer = await app.Server.Send(
            new HttpMethod(method), app.Domain + path, null, ("Accept", accept));

        Assert.Equal((HttpStatusCode.NotFound, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task An_address_of_no_domain_has_no_such_page()
    {
        foreach (var path in (string[])["/nothing", "/_domain/nobody/nothing"])
        {
            var answer = await app.Server.Get(path, ("Accept", Browser));

            Assert.Equal((HttpStatusCode.NotFound, ""), (answer.Status, answer.Body));
        }
    }
}
