using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Levels of authentication that an app asks for (<c>acr_values</c>, OpenID Connect Core
/// §3.1.2.1).</summary>
public sealed class StepUpPageTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string Level = "urn:cognito:loa:";

    [Fact]
    public async Task Who_signs_in_for_a_level_is_asked_for_the_factor_that_it_needs()
    {
        var app = await WithEmailFactor();
        using var person = app.NewPerson();

        var asked = await app.SignIn(person, "ana", ("acr_values", $"{Level}4 {Level}3"));
        Assert.Null(asked.Location);
        var back = await person.Fill(asked, ("code", await app.LastCode("ana@example.com")));

        var tokens = await app.Tokens(back);
        var access = OpenIdApp.Json(tokens["access_token"]!.GetValue<string>().Split('.')[1]);
        foreach (var claims in (JsonObject[])[await app.IdToken(tokens), access])
        {
            Assert.Equal(Level + 3, claims["acr"]!.GetValue<string>());
            Assert.Equal("""["pwd","email_otp","mfa"]""", claims["amr"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_browser_known_by_a_password_alone_is_good_for_the_first_level_alone()
    {
        var app = await WithEmailFactor();
        using var person = app.NewPerson();
        var plain = await app.IdToken(await app.Tokens(await app.SignIn(person)));

        var first = await app.IdToken(await app.Tokens(await person.Open(Asking(app, "1"))));
        var page = await person.Open(Asking(app, "3"));
        var silent = await person.Open(app.Request(("acr_values", Level + 3), ("prompt", "none")));

        Assert.Null(plain["acr"]);
        Assert.Equal(Level + 1, first["acr"]!.GetValue<string>());
        Assert.True(page.AsksForPassword);
        Assert.Equal("login_required", silent.Answer["error"]);
    }

    [Fact]
    public async Task A_browser_that_has_reached_the_level_is_known_by_it()
    {
        var app = await WithEmailFactor();
        using var person = app.NewPerson();
        var asked = await app.SignIn(person, "ana", ("acr_values", Level + 3));
        await person.Fill(asked, ("code", await app.LastCode("ana@example.com")));

        var again = await app.IdToken(await app.Tokens(await person.Open(Asking(app, "3"))));

        Assert.Equal(Level + 3, again["acr"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("urn:nobody", null)]
    [InlineData(Level + "4", Level + "1")]
    public async Task What_nobody_knows_or_can_reach_keeps_nobody_out(string names, string? told)
    {
        using var person = compatible.App.NewPerson();

        var back = await compatible.App.SignIn(person, "ben", ("acr_values", names));

        var claims = await compatible.App.IdToken(await compatible.App.Tokens(back));
        Assert.Equal(told, claims["acr"]?.GetValue<string>());
    }

    [Fact]
    public async Task Smaller_plans_pass_the_levels_over()
    {
        var app = await OpenIdApp.Create(
            compatible.App.Server, version: 1, pool: new() { ["UserPoolTier"] = "LITE" });
        using var person = app.NewPerson();

        var back = await app.SignIn(person, "ana", ("acr_values", Level + 1));

        Assert.Null((await app.IdToken(await app.Tokens(back)))["acr"]);
    }

    private static string Asking(OpenIdApp app, string level) => app.Request(("acr_values", Level + level));

    /// <summary>A pool that may ask for codes by e-mail, which its people have not switched on.</summary>
    private async Task<OpenIdApp> WithEmailFactor()
    {
        var app = await OpenIdApp.Create(compatible.App.Server);
        await DomainApp.Must(app.Server, "SetUserPoolMfaConfig", new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["MfaConfiguration"] = "OPTIONAL",
            ["EmailMfaConfiguration"] = new JsonObject(),
        }.ToJsonString());
        return app;
    }
}
