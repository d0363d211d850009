using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>The page on which an authenticator app is set up shows its secret to whoever began that, and to
/// nobody else.</summary>
public sealed partial class AuthenticatorPageTests(CompatibleOpenId compatible)
    : IClassFixture<CompatibleOpenId>
{
    [Theory]
    [InlineData("123456")]
    [InlineData("no code")]
    public async Task Who_mistypes_the_first_code_sees_the_same_secret_again(string code)
    {
        var app = await WithAuthenticators();
        using var person = app.NewPerson();
        var setUp = await app.SignIn(person, "ana");

        var again = await person.Fill(setUp, ("code", code));

        Assert.Equal(SecretOn(setUp), SecretOn(again));
        Assert.Contains("name=\"code\"", again.Html);
    }

    [Theory]
    [InlineData("123456")]
    [InlineData("no code")]
    public async Task Nobody_is_shown_the_secret_that_somebody_else_is_setting_up(string code)
    {
        var app = await WithAuthenticators();
        using var other = app.NewPerson();
        using var person = app.NewPerson();
        var begunBefore = await app.SignIn(other, "ana");
        var setUp = await app.SignIn(person, "ana");

        var form = begunBefore.Forms.Single(form => form.Names.Contains("code"));
        var shown = await other.Fill(begunBefore, ("code", code));
        var bare = await other.Post(
            new Uri(begunBefore.Url, form.Action).ToString(),
            [.. form.Hidden.Where(field => field.Key != "secret"), new("code", code)]);

        Assert.All([shown, bare], page => Assert.DoesNotContain(SecretOn(setUp), page.Html));
    }

    private static string SecretOn(Seen page) => Secret().Match(page.Html) is { Success: true } found
        ? found.Groups[1].Value
        : throw new InvalidOperationException($"The page shows no secret: {page.Html}");

    private async Task<OpenIdApp> WithAuthenticators()
    {
        var app = await OpenIdApp.Create(compatible.App.Server);
        return await app.WithSecondFactors(
            new() { ["SoftwareTokenMfaConfiguration"] = new JsonObject { ["Enabled"] = true } });
    }

    [GeneratedRegex("secret=([A-Z2-7]{32,})")]
    private static partial Regex Secret();
}
