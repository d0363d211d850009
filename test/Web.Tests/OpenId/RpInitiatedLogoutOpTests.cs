using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>oidcc-rp-initiated-logout-certification-test-plan.</summary>
public sealed class RpInitiatedLogoutOpTests(StrictOpenId strict) : IClassFixture<StrictOpenId>
{
    private readonly OpenIdApp app = strict.App;

    [Fact(DisplayName = "oidcc-rp-initiated-logout-discovery-endpoint-verification")]
    public async Task Oidcc_rp_initiated_logout_discovery_endpoint_verification()
    {
        var document = JsonNode.Parse(
            (await app.Server.Get($"/{app.PoolId}/.well-known/openid-configuration")).Body)!;

        Assert.Equal($"{app.Domain}/logout", document["end_session_endpoint"]!.GetValue<string>());
    }

    [Theory(DisplayName = "oidcc-rp-initiated-logout")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Oidcc_rp_initiated_logout(bool byForm)
    {
        using var person = app.NewPerson();
        var hint = await SignIn(person);
        KeyValuePair<string, string>[] parameters =
        [
            new("id_token_hint", hint), new("post_logout_redirect_uri", OpenIdApp.Bye), new("state", "s"),
        ];

        var back = byForm
            ? await person.Post($"{app.Domain}/logout", parameters)
            : await person.Open($"{app.Domain}/logout?{OpenIdApp.Form(parameters)}");

        Assert.Equal($"{OpenIdApp.Bye}?state=s", back.Location);
        Assert.False(await IsSignedIn(person));
    }

    [Fact(DisplayName = "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri")]
    public Task Oidcc_rp_initiated_logout_bad_post_logout_redirect_uri() =>
        Refuses(hint => [("id_token_hint", hint), ("post_logout_redirect_uri", "https://app.example/other")]);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri")]
    public Task Oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri() =>
        Refuses(hint => [("id_token_hint", hint), ("post_logout_redirect_uri", $"{OpenIdApp.Bye}?foo=bar")]);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-modified-id-token-hint")]
    public Task Oidcc_rp_initiated_logout_modified_id_token_hint() => Refuses(hint =>
    [
        ("id_token_hint", $"{hint[..^6]}AAAAAA"), ("post_logout_redirect_uri", OpenIdApp.Bye), ("state", "s"),
    ]);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-bad-id-token-hint")]
    public Task Oidcc_rp_initiated_logout_bad_id_token_hint() => Refuses(hint =>
    [
        ("id_token_hint", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"), ("post_logout_redirect_uri", OpenIdApp.Bye),
    ]);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-no-id-token-hint")]
    public Task Oidcc_rp_initiated_logout_no_id_token_hint() =>
        Refuses(_ => [("post_logout_redirect_uri", OpenIdApp.Bye), ("state", "s")]);

    [Fact]
    public Task A_hint_for_another_client_than_the_one_that_is_named_is_refused() => Refuses(hint =>
    [
        ("id_token_hint", hint), ("client_id", strict.Other.ClientId),
        ("post_logout_redirect_uri", OpenIdApp.Bye),
    ]);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-no-params")]
    public Task Oidcc_rp_initiated_logout_no_params() => EndsOnPage(_ => []);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-no-post-logout-redirect-uri")]
    public Task Oidcc_rp_initiated_logout_no_post_logout_redirect_uri() =>
        EndsOnPage(hint => [("id_token_hint", hint), ("state", "s")]);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-only-state")]
    public Task Oidcc_rp_initiated_logout_only_state() => EndsOnPage(_ => [("state", "s")]);

    [Fact(DisplayName = "oidcc-rp-initiated-logout-no-state")]
    public async Task Oidcc_rp_initiated_logout_no_state()
    {
        using var person = app.NewPerson();
        var hint = await SignIn(person);

        var back = await SignOut(
            person, ("id_token_hint", hint), ("post_logout_redirect_uri", OpenIdApp.Bye));

        Assert.Equal(OpenIdApp.Bye, back.Location);
        Assert.False(await IsSignedIn(person));
    }

    private async Task<string> SignIn(Person person) =>
        (await app.Tokens(await app.SignIn(person)))["id_token"]!.GetValue<string>();

    private Task<Seen> SignOut(Person person, params (string Name, string Value)[] parameters) =>
        person.Open($"{app.Domain}/logout?" + OpenIdApp.Form(
            parameters.Select(each => KeyValuePair.Create(each.Name, each.Value))));

    private async Task<bool> IsSignedIn(Person person) =>
        (await person.Open(app.Request(("prompt", "none")))).Answer.ContainsKey("code");

    private async Task Refuses(Func<string, (string, string)[]> parameters)
    {
        using var person = app.NewPerson();
        var page = await SignOut(person, parameters(await SignIn(person)));

        Assert.Null(page.Location);
        Assert.Equal(400, page.Status);
    }

    private async Task EndsOnPage(Func<string, (string, string)[]> parameters)
    {
        using var person = app.NewPerson();
        var page = await SignOut(person, parameters(await SignIn(person)));

        Assert.Equal((null, 200), (page.Location, page.Status));
        Assert.False(await IsSignedIn(person));
    }
}
