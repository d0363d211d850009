using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>Sessions of browsers as users and administrators see and end them, and the sessions of tokens
/// that come through them.</summary>
public sealed class SsoSessionTests(CompatibleOpenId compatible) : IClassFixture<CompatibleOpenId>
{
    private const string NotRevoked = "active";

    [Fact]
    public async Task A_browser_has_a_session_and_the_tokens_name_it()
    {
        var app = await Tracking();
        using var person = app.NewPerson();

        await app.Tokens(await app.SignIn(person));

        var (sso, token) = (await Only(app, "SSO"), await Only(app, "TOKEN"));
        Assert.Matches("\\Asso[0-9a-z]{25}\\z", Id(sso));
        Assert.Equal(Id(sso), token["OriginSessionId"]!.GetValue<string>());
        Assert.Null(sso["OriginSessionId"]);
        Assert.Equal(app.ClientId, sso["ClientId"]!.GetValue<string>());
        Assert.Equal("127.0.0.1", sso["LastIPAddress"]!.GetValue<string>());
        Assert.False(sso["IsCurrentSession"]!.GetValue<bool>());
    }

    [Fact]
    public async Task All_clients_come_through_the_one_session_of_the_browser()
    {
        var app = await Tracking();
        var other = await app.Another();
        using var person = app.NewPerson();
        await app.Tokens(await app.SignIn(person));

        await other.Tokens(await person.Open(other.Request()));

        var sso = Id(await Only(app, "SSO"));
        var tokens = await Sessions(app, "TOKEN");
        Assert.Equal([sso, sso], tokens.Select(session => session["OriginSessionId"]!.GetValue<string>()));
        Assert.Equal(2, tokens.Select(Id).Distinct().Count());
    }

    [Fact]
    public async Task The_session_is_active_when_its_tokens_are()
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person));
        async Task<double> Active() => (await Only(app, "SSO"))["LastActiveDate"]!.GetValue<double>();
        var begun = await Active();

        await app.Advance("PT10M");
        await Refresh(app, tokens);
        var refreshed = await Active();
        await app.Advance("PT10M");
        await person.Open(app.Request());

        Assert.InRange(refreshed - begun, 600, 660);
        Assert.InRange(await Active() - refreshed, 600, 660);
        Assert.InRange((await Only(app, "SSO"))["CreateDate"]!.GetValue<double>(), begun - 60, begun);
    }

    [Theory]
    [InlineData("NONE", NotRevoked)]
    [InlineData(null, NotRevoked)]
    [InlineData("LINKED", "invalid_grant")]
    public async Task Who_ends_a_browser_s_session_says_whether_its_tokens_end_too(
        string? associated, string tokensAre)
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person));

        await Revoke(app, Id(await Only(app, "SSO")), associated);

        Assert.Equal(tokensAre, await Refresh(app, tokens));
        Assert.Empty(await Sessions(app, "SSO"));
        Assert.Equal(tokensAre == NotRevoked ? 1 : 0, (await Sessions(app, "TOKEN")).Count);
        Assert.True((await person.Open(app.Request())).AsksForPassword);
    }

    [Theory]
    [InlineData("NONE", false)]
    [InlineData("LINKED", true)]
    public async Task So_do_those_that_the_app_has_still_to_fetch(string associated, bool isRefused)
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        var arrived = await app.SignIn(person);

        await Revoke(app, Id(await Only(app, "SSO")), associated);

        var answer = await app.Redeem(arrived.Answer["code"]);
        Assert.Equal(isRefused, answer.Body.Contains("\"invalid_grant\"", StringComparison.Ordinal));
        Assert.Equal(isRefused ? 0 : 1, (await Sessions(app, "TOKEN")).Count);
    }

    [Theory]
    [InlineData("NONE", false)]
    [InlineData("LINKED", true)]
    public async Task Who_ends_a_session_of_tokens_says_whether_the_browser_is_signed_out(
        string associated, bool isSignedOut)
    {
        var app = await Tracking();
        var other = await app.Another();
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person));
        var others = await other.Tokens(await person.Open(other.Request()));
        var session = (await Sessions(app, "TOKEN"))
            .Single(session => session["ClientId"]!.GetValue<string>() == app.ClientId);

        await Revoke(app, Id(session), associated);

        Assert.Equal("invalid_grant", await Refresh(app, tokens));
        Assert.Equal(NotRevoked, await Refresh(other, others));
        Assert.Equal(isSignedOut, (await person.Open(app.Request())).AsksForPassword);
        Assert.Equal(isSignedOut ? 0 : 1, (await Sessions(app, "SSO")).Count);
    }

    [Theory]
    [InlineData("NONE", false)]
    [InlineData("LINKED", true)]
    public async Task So_does_who_revokes_a_refresh_token(string associated, bool isSignedOut)
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person));

        await DomainApp.Must(app.Server, "RevokeToken", new JsonObject
        {
            ["ClientId"] = app.ClientId,
            ["ClientSecret"] = app.Secret,
            ["Token"] = tokens["refresh_token"]!.DeepClone(),
            ["RevokeAssociatedSessions"] = associated,
        }.ToJsonString());

        Assert.Equal("invalid_grant", await Refresh(app, tokens));
        Assert.Equal(isSignedOut, (await person.Open(app.Request())).AsksForPassword);
    }

    [Fact]
    public async Task Users_end_the_sessions_of_their_browsers_from_elsewhere()
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        await app.Tokens(await app.SignIn(person));
        var accessToken = await SignInByApi(app);
        var browsers = (await DomainApp.Must(app.Server, "ListUserSessions", new JsonObject
        {
            ["AccessToken"] = accessToken,
        }.ToJsonString()))["Sessions"]!.AsArray();
        var sso = Assert.Single(browsers, session => session!["SessionType"]!.GetValue<string>() == "SSO");

        await DomainApp.Must(app.Server, "RevokeUserSession", new JsonObject
        {
            ["AccessToken"] = accessToken,
            ["SessionId"] = sso!["SessionId"]!.DeepClone(),
            ["RevokeAssociatedSessions"] = "LINKED",
        }.ToJsonString());

        Assert.True((await person.Open(app.Request())).AsksForPassword);
        Assert.Null((await Only(app, "TOKEN"))["OriginSessionId"]);
    }

    [Fact]
    public async Task Nobody_finds_a_session_of_somebody_else_or_one_that_is_over()
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        await app.Tokens(await app.SignIn(person));
        var id = Id(await Only(app, "SSO"));

        await IsNotFound(app, "ben", id);
        await app.Admin("AdminUserGlobalSignOut", "ana");
        Assert.Empty(await Sessions(app, "SSO"));
        await IsNotFound(app, "ana", id);
        Assert.True((await person.Open(app.Request())).AsksForPassword);
    }

    [Fact]
    public async Task A_session_is_over_when_its_pages_are_gone()
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        await app.Tokens(await app.SignIn(person));
        var id = Id(await Only(app, "SSO"));

        await DomainApp.Must(app.Server, "UpdateUserPoolDomain", new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["Domain"] = app.Prefix,
            ["ManagedLoginVersion"] = 1,
        }.ToJsonString());

        Assert.Empty(await Sessions(app, "SSO"));
        Assert.Single(await Sessions(app, "TOKEN"));
        await IsNotFound(app, "ana", id);
        Assert.True((await person.Open(app.Request())).AsksForPassword);
    }

    [Fact]
    public async Task Of_sessions_from_before_the_tracking_nobody_is_told()
    {
        var app = await OpenIdApp.Create(compatible.Server);
        using var person = app.NewPerson();
        await app.SignIn(person);

        await Track(app);
        var tokens = await app.Tokens(await person.Open(app.Request()));

        Assert.NotNull(tokens["access_token"]);
        Assert.Empty(await Sessions(app, "SSO"));
        await Revoke(app, Id(await Only(app, "TOKEN")), "LINKED");
        Assert.False((await person.Open(app.Request())).AsksForPassword);
    }

    [Fact]
    public async Task Logging_out_in_the_browser_ends_its_session_alone()
    {
        var app = await Tracking();
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await app.SignIn(person));

        await person.Open($"{app.Domain}/logout?client_id={app.ClientId}&logout_uri={OpenIdApp.Bye}");

        Assert.Empty(await Sessions(app, "SSO"));
        Assert.Equal(NotRevoked, await Refresh(app, tokens));
    }

    private static async Task<string> SignInByApi(OpenIdApp app)
    {
        var direct = await app.Another(new()
        {
            ["GenerateSecret"] = false,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        });
        var answer = await DomainApp.Must(app.Server, "InitiateAuth", new JsonObject
        {
            ["ClientId"] = direct.ClientId,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject
            {
                ["USERNAME"] = "ana",
                ["PASSWORD"] = OpenIdApp.Password,
            },
        }.ToJsonString());
        return answer["AuthenticationResult"]!["AccessToken"]!.GetValue<string>();
    }

    private static string Id(JsonObject session) => session["SessionId"]!.GetValue<string>();

    private static async Task<JsonObject> Only(OpenIdApp app, string type) =>
        Assert.Single(await Sessions(app, type));

    private static async Task<List<JsonObject>> Sessions(OpenIdApp app, string type) =>
    [
        .. (await app.Admin("AdminListUserSessions", "ana"))["Sessions"]!.AsArray()
            .Select(session => session!.AsObject())
            .Where(session => session["SessionType"]!.GetValue<string>() == type),
    ];

    private static Task<JsonNode> Revoke(OpenIdApp app, string id, string? associated) => app.Admin(
        "AdminRevokeUserSession",
        "ana",
        associated is null
            ? [("SessionId", id)]
            : [("SessionId", id), ("RevokeAssociatedSessions", associated)]);

    private static async Task IsNotFound(OpenIdApp app, string user, string id)
    {
        var answer = await app.Server.Call("AdminRevokeUserSession", new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["Username"] = user,
            ["SessionId"] = id,
        }.ToJsonString());
        Assert.Contains("ResourceNotFoundException", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>What becomes of a refresh: the error, if there is one.</summary>
    private static async Task<string> Refresh(OpenIdApp app, JsonObject tokens)
    {
        var answer = await app.Token(new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens["refresh_token"]!.GetValue<string>(),
        });
        return answer.Status == HttpStatusCode.OK
            ? NotRevoked
            : JsonNode.Parse(answer.Body)!["error"]!.GetValue<string>();
    }

    private async Task<OpenIdApp> Tracking()
    {
        var app = await OpenIdApp.Create(compatible.Server);
        await Track(app);
        return app;
    }

    private static Task<JsonNode> Track(OpenIdApp app) => DomainApp.Must(
        app.Server,
        "SetUserPoolSessionConfiguration",
        new JsonObject
        {
            ["UserPoolId"] = app.PoolId,
            ["UserSessionTracking"] = "ENABLED",
            ["TokenSession"] = new JsonObject { ["MaxPerUser"] = 20 },
        }.ToJsonString());
}
