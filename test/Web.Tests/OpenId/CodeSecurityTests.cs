using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Codes are worth something to the client alone that they were made for.</summary>
public sealed class CodeSecurityTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string InvalidGrant = """{"error":"invalid_grant"}""";

    private readonly OpenIdApp app = compatible.App;

    [Fact]
    public async Task Another_client_cannot_redeem_a_code_and_does_not_use_it_up()
    {
        var other = await app.Another();
        using var person = app.NewPerson();
        var back = await app.SignIn(person);

        Assert.Equal(InvalidGrant, (await other.Redeem(back.Answer["code"])).Body);
        await app.Tokens(back);
    }

    [Fact]
    public async Task The_client_of_another_pool_cannot_either()
    {
        var elsewhere = await OpenIdApp.Create(app.Server);
        using var person = app.NewPerson();
        var back = await app.SignIn(person);

        Assert.Equal(InvalidGrant, (await elsewhere.Redeem(back.Answer["code"])).Body);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await (app with { Prefix = elsewhere.Prefix }).Redeem(back.Answer["code"])).Status);
        await app.Tokens(back);
    }

    [Fact]
    public async Task Another_redirect_uri_than_the_request_had_is_refused()
    {
        using var person = app.NewPerson();
        var back = await app.SignIn(person);

        Assert.Equal(
            """{"error":"unauthorized_client","error_description":"invalid_redirect"}""",
            (await app.Redeem(back.Answer["code"], OpenIdApp.QueryCallback)).Body);
    }

    [Fact]
    public async Task A_verifier_for_a_code_without_challenge_is_refused()
    {
        using var person = app.NewPerson();
        var back = await app.SignIn(person);

        Assert.Equal(InvalidGrant, (await app.Redeem(back.Answer["code"], verifier: Pkce.Verifier)).Body);
    }

    [Fact]
    public async Task Codes_and_tokens_of_other_kinds_are_no_authorization_codes()
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person));
        await DomainApp.Must(app.Server, "ForgotPassword", new JsonObject
        {
            ["ClientId"] = (await app.Another(new() { ["GenerateSecret"] = false })).ClientId,
            ["Username"] = "ana",
        }.ToJsonString());
        var inbox = (await app.Server.Get("/_lifeguard/inbox?to=%2B15555550100")).Body;
        var code = Regex.Match(inbox, "\\b[0-9]{6}\\b").Value;
        Assert.NotEmpty(code);

        foreach (var other in (string[])[
            code, person.Cookies["cognito"], person.Cookies["XSRF-TOKEN"],
            tokens["refresh_token"]!.GetValue<string>(), tokens["access_token"]!.GetValue<string>()])
        {
            Assert.Equal(InvalidGrant, (await app.Redeem(other)).Body);
        }
    }

    [Fact]
    public async Task Of_twenty_at_once_one_redeems_a_code_and_nobody_keeps_the_tokens()
    {
        using var person = app.NewPerson();
        var back = await app.SignIn(person);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => app.Redeem(back.Answer["code"])));

        var good = answers.Where(answer => answer.Status == HttpStatusCode.OK).ToList();
        Assert.True(good.Count <= 1, $"{good.Count} succeeded.");
        foreach (var answer in good)
        {
            var refused = await app.UserInfo(JsonNode.Parse(answer.Body)!.AsObject());
            Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Original-Host")]
    [InlineData("Forwarded")]
    public async Task What_a_request_says_of_its_host_leads_no_browser_astray(string header)
    {
        using var person = app.NewPerson();
        await person.Open(app.Request());

        var page = await person.Post(
            app.Request().Replace("/oauth2/authorize", "/login"),
            [new("csrf", person.Cookies["XSRF-TOKEN"]), new("username", "ana"), new("password", "wrong")],
            (header, header == "Forwarded" ? "host=evil.example" : "evil.example"));

        Assert.DoesNotContain("evil.example", page.Html + page.Headers, StringComparison.Ordinal);
        Assert.True(page.AsksForPassword);
    }
}
