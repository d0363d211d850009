using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.OAuth;

public sealed class RefreshTokenGrantTests
{
    private const string Grant = "refresh_token";

    [Theory, EachDatabase]
    public async Task Gives_new_tokens_of_the_same_sign_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, pool, first) = await SignedIn(world);
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        var tokens = (await app.Token(Grant, (Grant, first.Refresh!))).Given;

        Assert.Null(tokens.RefreshToken);
        Assert.Equal(3600, tokens.ExpiresIn);
        var (id, access) = (TestTokens.Part(tokens.IdToken!, 1), TestTokens.Part(tokens.AccessToken, 1));
        foreach (var claim in (string[])["sub", "origin_jti", "auth_time", "event_id"])
        {
            Assert.Equal(first.AccessClaims[claim]!.ToJsonString(), access[claim]!.ToJsonString());
            Assert.Equal(first.AccessClaims[claim]!.ToJsonString(), id[claim]!.ToJsonString());
        }

        Assert.NotEqual(first.AccessClaims["jti"]!.ToJsonString(), access["jti"]!.ToJsonString());
        Assert.Equal(pool.ClientId, id["aud"]!.GetValue<string>());
        Assert.Equal("200", (await world.Own(tokens.AccessToken, "GetUser")).ToString());
    }

    [Fact]
    public async Task Replaces_the_token_where_the_client_rotates_them_and_refuses_it_afterwards()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, first) = await SignedIn(world, Rotating(grace: 30));

        var second = (await app.Token(Grant, (Grant, first.Refresh!))).Given.RefreshToken!;

        Assert.NotEqual(first.Refresh, second);
        Assert.Equal("200", (await app.Token(Grant, (Grant, first.Refresh!))).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("400 invalid_grant", (await app.Token(Grant, (Grant, first.Refresh!))).ToString());
        Assert.Equal("200", (await app.Token(Grant, (Grant, second))).ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_fifty_refreshes_at_once_by_one_token_one_succeeds(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, _, first) = await SignedIn(world, Rotating(grace: 0));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => Task.Run(() => app.Token(Grant, (Grant, first.Refresh!)))));

        Assert.Equal(
            ["1 200", "49 400 invalid_grant"],
            outcomes.CountBy(outcome => outcome.ToString())
                .OrderBy(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"));
    }

    [Fact]
    public async Task Refuses_every_token_that_is_not_good_with_one_word()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool, first) = await SignedIn(world);
        var other = new OAuthApp(world, await pool.AnotherClient());

        foreach (var wrong in (string[])
            ["garbage", "a.b.c.d.e", first.Access, first.Id, first.Refresh![..^2], first.Refresh + "A"])
        {
            Assert.Equal("400 invalid_grant", (await app.Token(Grant, (Grant, wrong))).ToString());
        }

        Assert.Equal("400 invalid_grant", (await other.Token(Grant, (Grant, first.Refresh!))).ToString());
        world.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("400 invalid_grant", (await app.Token(Grant, (Grant, first.Refresh!))).ToString());
        Assert.Equal("400 invalid_request", (await app.Token(Grant)).ToString());
    }

    [Theory]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDeleteUser")]
    public async Task What_ends_a_sign_in_ends_it_here(string operation)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool, first) = await SignedIn(world);
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        await world.Admin(pool, operation, "ana");

        Assert.Equal("400 invalid_grant", (await app.Token(Grant, (Grant, first.Refresh!))).ToString());
    }

    [Fact]
    public async Task A_client_that_does_not_allow_refreshing_is_told_so()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, first) = await SignedIn(
            world, new { ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" } });

        Assert.Equal(
            "400 unauthorized_client", (await app.Token(Grant, (Grant, first.Refresh!))).ToString());
    }

    [Fact]
    public async Task A_sign_in_on_a_tracked_device_is_not_refreshed_here()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var device = await DevicePools.Create(world);
        var tokens = await device.SignedIn("ana");

        Assert.Equal(
            "400 invalid_grant",
            (await new OAuthApp(world, device.Pool).Token(Grant, (Grant, tokens.Refresh!))).ToString());
    }

    [Fact]
    public async Task The_trigger_is_asked_without_metadata_and_may_keep_the_tokens_back()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var signIn = await TokenPools.Create(world, "V3_0");
        var first = await signIn.SignedIn("ana");
        var app = new OAuthApp(world, signIn.Pool);

        await app.Token(Grant, (Grant, first.Refresh!), ("aws_client_metadata", """{"a":"b"}"""));

        Assert.Equal(
            "TokenGeneration_RefreshTokens", world.LastEvent()["triggerSource"]!.GetValue<string>());
        Assert.Null(world.LastEvent()["request"]!["clientMetadata"]);
        world.Triggers.Returns(TokenPools.Arn, "[]");
        Assert.StartsWith(
            "400 invalid_request: ", (await app.Token(Grant, (Grant, first.Refresh!))).ToString());
    }

    private static object Rotating(int grace) => new
    {
        ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" },
        RefreshTokenRotation = new { Feature = "ENABLED", RetryGracePeriodSeconds = grace },
    };

    private static async Task<(OAuthApp App, TestPool Pool, TestTokens Tokens)> SignedIn(
        World world, object? client = null)
    {
        var pool = await TestPool.Create(
            world, client: Calls.Merge(new { GenerateSecret = true }, client));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        return (new(world, pool), pool, await new TestApp(world, pool).SignedIn("ana"));
    }
}
