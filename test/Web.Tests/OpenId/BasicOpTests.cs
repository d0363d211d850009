using System.Net;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>oidcc-basic-certification-test-plan, with what strict mode owes to RFC 6749 besides.</summary>
public sealed class BasicOpTests(StrictOpenId strict) : BasicPlan(strict, responseMode: null),
    IClassFixture<StrictOpenId>
{
    private readonly OpenIdApp app = strict.App;

    [Fact]
    public async Task Errors_have_the_codes_that_the_standards_have_for_them()
    {
        using var person = app.NewPerson();
        var scope = await person.Open(app.Request(("scope", "unknown")));
        var type = await person.Open(app.Request(("response_type", "code id_token")));
        var back = await app.SignIn(person);
        var redirect = await app.Redeem(back.Answer["code"], OpenIdApp.QueryCallback);

        Assert.Equal("invalid_scope", scope.Answer["error"]);
        Assert.Equal("unsupported_response_type", type.Answer["error"]);
        Assert.Equal("""{"error":"invalid_grant"}""", redirect.Body);
    }

    [Fact]
    public async Task A_client_that_does_not_prove_itself_gets_401_and_is_told_how()
    {
        var wrong = app with { Secret = "wrong" };

        var byHeader = await wrong.Redeem("code");
        var byForm = await wrong.Redeem("code", byPost: true);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, """{"error":"invalid_client"}"""),
            (byHeader.Status, byHeader.Body));
        Assert.StartsWith("Basic", byHeader.Header("WWW-Authenticate"));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, """{"error":"invalid_client"}"""), (byForm.Status, byForm.Body));
    }

    [Fact]
    public async Task Who_shows_no_token_to_user_info_is_told_the_scheme_alone()
    {
        var answer = await app.Send(HttpMethod.Get, "/oauth2/userInfo", null, null);

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (
            answer.Status, answer.Header("WWW-Authenticate")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Prompts_count_on_pages_of_both_versions(int version)
    {
        var pages = await OpenIdApp.Create(app.Server, version: version);
        using var person = pages.NewPerson();
        Assert.Equal(
            "login_required", (await person.Open(pages.Request(("prompt", "none")))).Answer["error"]);
        await pages.SignIn(person);

        foreach (var prompt in (string[])["login", "select_account"])
        {
            var page = await person.Open(pages.Request(("prompt", prompt)));
            Assert.True(page.AsksForPassword, page.Html);
            // Nor by a form that the page does not have.
            var tried = await person.Post(
                page.Url.ToString(),
                [new("csrf", person.Cookies["XSRF-TOKEN"]), new("account", "continue")]);
            Assert.Null(tried.Location);
        }

        Assert.NotNull((await person.Open(pages.Request(("prompt", "none")))).Location);
    }

    [Fact]
    public async Task A_hint_that_is_no_id_token_of_the_pool_is_no_request()
    {
        using var person = app.NewPerson();

        var back = await person.Open(app.Request(("id_token_hint", "eyJhbGciOiJub25lIn0.e30.")));

        Assert.Equal("invalid_request", back.Answer["error"]);
    }

    [Theory]
    [InlineData("oidcc-redirect-uri-query-OK", "https://app.example/cb?x=y", true)]
    [InlineData("oidcc-redirect-uri-query-mismatch", "https://app.example/cb?x=z", false)]
    [InlineData("oidcc-redirect-uri-query-added", "https://app.example/cb?x=y&z=w", false)]
    public async Task Redirect_uris_with_a_query(string module, string uri, bool isTaken)
    {
        using var person = app.NewPerson();

        var page = await person.Open(app.Request(("redirect_uri", uri)));

        Assert.True(page.AsksForPassword == isTaken, module);
        if (!isTaken) return;
        var back = await person.Fill(page, ("username", "ana"), ("password", OpenIdApp.Password));
        Assert.StartsWith($"{uri}&code=", back.Location, StringComparison.Ordinal);
        await app.Tokens(back, redirectUri: uri);
    }
}
