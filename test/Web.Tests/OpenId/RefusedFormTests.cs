using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>What is wrong with a form is said to people, and not to programmers: in their language, and
/// without the names and patterns of the API.</summary>
public sealed class RefusedFormTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Padded = "First-Passw0rd! ";

    private readonly OpenIdApp app = compatible.App;

    [Theory]
    [InlineData("John Smith", OpenIdApp.Password, "Er darf keine Leerzeichen enthalten.")]
    [InlineData("  ", OpenIdApp.Password, "Bitte füllen Sie dieses Feld aus.")]
    [InlineData("eva", Padded, "Ein Passwort darf nicht mit einem Leerzeichen beginnen oder enden")]
    [InlineData("eva", "", "Bitte füllen Sie dieses Feld aus.")]
    public async Task A_new_account(string name, string password, string said)
    {
        using var person = app.NewPerson();
        var signUp = await Open(person, app, "/signup");

        Says(said, await person.Fill(signUp, ("username", name), ("password", password)));
        var tooLong = string.Concat(Enumerable.Repeat("Aa1!", 65));
        Says("höchstens 256 Zeichen", await person.Fill(
            signUp, ("username", "eva"), ("password", tooLong)));
    }

    [Theory]
    [InlineData("", "", "Bitte prüfen Sie dieses Feld: E-Mail-Adresse oder Telefonnummer")]
    [InlineData("", "030 1234567", "Bitte prüfen Sie dieses Feld: E-Mail-Adresse oder Telefonnummer")]
    [InlineData("", "0301234567",
        "Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer mit Ländervorwahl ein.")]
    [InlineData("eva b@example.com", "",
        "Bitte prüfen Sie dieses Feld: E-Mail-Adresse oder Telefonnummer")]
    public async Task A_new_account_that_is_known_by_an_address(string email, string phone, string said)
    {
        var contacts = await OpenIdApp.Create(
            app.Server,
            pool: new() { ["UsernameAttributes"] = new JsonArray("email", "phone_number") },
            people: false);
        using var person = contacts.NewPerson();
        var signUp = await Open(person, contacts, "/signup");

        Says(said, await person.Fill(
            signUp, ("requiredAttributes[email]", email), ("requiredAttributes[phone_number]", phone),
            ("password", OpenIdApp.Password)));
    }

    [Fact]
    public async Task A_name_whose_password_is_forgotten()
    {
        using var person = app.NewPerson();
        var forgot = await Open(person, app, "/forgotPassword");

        Says("Er darf keine Leerzeichen enthalten.", await person.Fill(forgot, ("username", "a n a")));
        var reset = await person.Fill(forgot, ("username", "ana"));
        Says("Bitte füllen Sie dieses Feld aus.", await person.Fill(
            reset, ("code", " "), ("password", OpenIdApp.Password)));
        Says("Leerzeichen", await person.Fill(reset, ("code", "123456"), ("password", Padded)));
    }

    [Theory]
    [InlineData("SmsMfaConfiguration", " ", "Bitte füllen Sie dieses Feld aus.")]
    [InlineData("EmailMfaConfiguration", " ", "Bitte füllen Sie dieses Feld aus.")]
    [InlineData("SoftwareTokenMfaConfiguration", "123", "Der Code ist falsch.")]
    [InlineData("SoftwareTokenMfaConfiguration", "1234567", "Der Code ist falsch.")]
    [InlineData("SoftwareTokenMfaConfiguration", "abcdef", "Der Code ist falsch.")]
    public async Task A_code(string factor, string code, string said)
    {
        var safe = await TypedCodeTests.Demanding(app.Server, factor);
        using var person = safe.NewPerson();

        var asked = await safe.SignIn(person, "ana", ("lang", "de"));

        Says(said, await person.Fill(asked, ("code", code)));
    }

    [Fact]
    public async Task A_phone_number_for_codes()
    {
        var safe = await TypedCodeTests.Demanding(app.Server, "SmsMfaConfiguration");
        using var person = safe.NewPerson();

        var asked = await safe.SignIn(person, "ben", ("lang", "de"));

        Says("Bitte füllen Sie dieses Feld aus.", await person.Fill(asked, ("phone_number", " ")));
        Says(
            "Das ist keine gültige Telefonnummer mit Ländervorwahl.",
            await person.Fill(asked, ("phone_number", "030 1234567")));
    }

    private static Task<Seen> Open(Person person, OpenIdApp app, string path) => person.Open(
        app.Request(("lang", "de")).Replace("/oauth2/authorize", path));

    private static void Says(string said, Seen page)
    {
        Assert.Contains(said, page.Html, StringComparison.Ordinal);
        string[] raw = ["validation error", "constraint", "Missing required", "did not conform", "\\p{"];
        Assert.All(raw, words => Assert.DoesNotContain(words, page.Html, StringComparison.Ordinal));
    }
}
