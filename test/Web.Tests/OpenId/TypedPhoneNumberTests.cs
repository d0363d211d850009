using System.Text.Json.Nodes;
using Lifeguard.Web.Login;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>People type phone numbers in groups, as they know them.</summary>
public sealed class TypedPhoneNumberTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Grouped = "+49 (0)30 123-45/67";
    private const string Number = "+49301234567";

    private readonly RunningServer server = compatible.App.Server;

    [Theory]
    [InlineData("+49301234567", Number)]
    [InlineData(" +49 30 1234567 ", Number)]
    [InlineData("+49-30-1234567", Number)]
    [InlineData("+49 (30) 123.45.67", Number)]
    [InlineData("+49 (0) 30/1234567", Number)]
    [InlineData("\u202a+49\u00a030\u20111234567\u202c", Number)]
    [InlineData("(030) 1234567", "(030) 1234567")]
    [InlineData("+49 30 CALL-US", "+49 30 CALL-US")]
    [InlineData(" +-+ ", "+-+")]
    [InlineData(" + ", "+")]
    [InlineData("ana (0)", "ana (0)")]
    [InlineData("", "")]
    public void What_stands_between_the_digits_is_not_meant(string text, string number) =>
        Assert.Equal(number, Typed.PhoneNumber(text));

    [Fact]
    public async Task A_new_account_and_its_sign_in_go_by_the_number()
    {
        var app = await OpenIdApp.Create(
            server,
            pool: new()
            {
                ["Schema"] = new JsonArray(new JsonObject { ["Name"] = "phone_number", ["Required"] = true }),
                ["AliasAttributes"] = new JsonArray("phone_number"),
            });
        using var person = app.NewPerson();
        var login = await person.Open(app.Request());
        var signUp = await person.Open(login.Url.ToString().Replace("/login", "/signup"));

        await person.Fill(
            signUp, ("username", "eva"), ("password", OpenIdApp.Password),
            ("requiredAttributes[phone_number]", Grouped));
        await app.Admin("AdminConfirmSignUp", "eva");
        var verified = new JsonObject { ["Name"] = "phone_number_verified", ["Value"] = "true" };
        await app.Admin("AdminUpdateUserAttributes", "eva", ("UserAttributes", new JsonArray(verified)));

        Assert.Equal(Number, await NumberOf(app, "eva"));
        var back = await app.SignIn(person, Grouped);
        Assert.True(back.Location is not null, back.Html);
        var forgot = await person.Open(login.Url.ToString().Replace("/login", "/forgotPassword"));
        var reset = await person.Fill(forgot, ("username", Grouped));
        Assert.Equal(Number, reset.Forms[0].Hidden["username"]);
    }

    [Fact]
    public async Task A_name_that_is_no_number_stays_as_it_is()
    {
        using var person = compatible.App.NewPerson();

        var refused = await compatible.App.SignIn(person, Grouped);

        Assert.Contains("49 (0)30 123-45/67\"", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_for_codes_is_set_up()
    {
        var app = await OpenIdApp.Create(server);
        await DomainApp.Must(server, "SetUserPoolMfaConfig", new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["MfaConfiguration"] = "ON",
            ["SmsMfaConfiguration"] = JsonNode.Parse(
                """
                {"SmsConfiguration":
                 {"SnsCallerArn":"arn:aws:iam::000000000000:role/sms","ExternalId":"stars"} }
                """),
        }.ToJsonString());
        using var person = app.NewPerson();

        var asked = await person.Fill(await app.SignIn(person, "ben"), ("phone_number", Grouped));

        Assert.Contains("*******4567", asked.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_an_account_lacks_is_added()
    {
        var app = await OpenIdApp.Create(
            server,
            pool: new()
            {
                ["Schema"] = new JsonArray(new JsonObject { ["Name"] = "phone_number", ["Required"] = true }),
            });
        await app.Admin(
            "AdminCreateUser", "cai", ("MessageAction", "SUPPRESS"),
            ("TemporaryPassword", OpenIdApp.Password));
        using var person = app.NewPerson();

        var change = await app.SignIn(person, "cai");
        var back = await person.Fill(
            change, ("password", "Second-Passw0rd!"), ("requiredAttributes[phone_number]", Grouped));

        Assert.True(back.Location is not null, back.Html);
        Assert.Equal(Number, await NumberOf(app, "cai"));
    }

    private static async Task<string?> NumberOf(OpenIdApp app, string user) =>
        (await app.Admin("AdminGetUser", user))["UserAttributes"]!.AsArray()
            .FirstOrDefault(one => (string)one!["Name"]! == "phone_number")?["Value"]!.GetValue<string>();
}
