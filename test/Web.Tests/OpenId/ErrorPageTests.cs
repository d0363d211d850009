namespace Lifeguard.Web.Tests.OpenId;

/// <summary>What leads nowhere is told on a page, in the reader's language.</summary>
public sealed class ErrorPageTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private readonly OpenIdApp app = compatible.App;

    [Fact]
    public async Task An_unknown_client_is_told_in_the_readers_language()
    {
        using var person = app.NewPerson();

        var page = await person.Open(app.Request(("client_id", "nobody"), ("lang", null)));
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
}
