using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.OAuth;

/// <summary>Tokens that tell who their user is come from pages of a domain or, as here, from a trigger that
/// adds the scopes.</summary>
public sealed class UserInfoTests
{
    private const string BadToken =
        "401 invalid_token: Access token is expired, disabled, or deleted, or the user has globally "
        + "signed out.";

    private const string NoToken = "400 invalid_request: Bad OAuth2 request at UserInfo Endpoint";

    [Theory]
    [InlineData(
        "openid",
        "birthdate=1990-01-02 custom:shoe=42 email=ana@example.com email_verified=true name=Ana "
        + "phone_number=+15555550100 phone_number_verified=true")]
    [InlineData("openid profile", "birthdate=1990-01-02 custom:shoe=42 name=Ana")]
    [InlineData("openid email", "email=ana@example.com email_verified=true")]
    [InlineData("openid phone", "phone_number=+15555550100 phone_number_verified=true")]
    [InlineData(
        "openid email phone aws.cognito.signin.user.admin",
        "email=ana@example.com email_verified=true phone_number=+15555550100 phone_number_verified=true")]
    public async Task Shows_what_the_scopes_of_the_token_show(string scopes, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, user, access) = await SignedIn(world, scopes);

        var claims = (await app.UserInfo($"Bearer {access}")).Split(' ');

        Assert.Equal($"sub={user.Sub}", claims[0]);
        Assert.Equal("username=ana", claims[^1]);
        Assert.Equal(expected, string.Join(' ', claims[1..^1].Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Shows_no_more_than_the_client_may_read()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, user, access) = await SignedIn(
            world, "openid", new { ReadAttributes = new[] { "name", "email" } });

        Assert.Equal(
            ["email=ana@example.com", "name=Ana", $"sub={user.Sub}", "username=ana"],
            (await app.UserInfo($"bearer  {access}")).Split(' ').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    public async Task Refuses_a_request_without_a_token(string? header)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new OAuthApp(world, await TestPool.Create(world));

        Assert.Equal(NoToken, await app.UserInfo(header));
    }

    [Fact]
    public async Task Refuses_every_token_that_is_not_good_with_the_same_words()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, access) = await SignedIn(world, "openid");
        var plain = await TestPool.Create(world);
        await plain.ConfirmedUser("ben");
        var ofApi = await new TestApp(world, plain).SignedIn("ben");
        var elsewhere = new OAuthApp(world, plain);

        foreach (var wrong in (string[])["garbage", $"{access[..^4]}AAAA", ofApi.Id, ofApi.Refresh!])
            Assert.Equal(BadToken, await app.UserInfo($"Bearer {wrong}"));
        // Of the API, which tells operations who calls and nobody who that is.
        Assert.Equal(BadToken, await elsewhere.UserInfo($"Bearer {ofApi.Access}"));
        // Good, and of another pool.
        Assert.Equal(BadToken, await elsewhere.UserInfo($"Bearer {access}"));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(BadToken, await app.UserInfo($"Bearer {access}"));
    }

    [Theory]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDeleteUser")]
    public async Task What_ends_a_sign_in_ends_it_here(string operation)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, access) = await SignedIn(world, "openid");
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        await world.Admin(app.Pool, operation, "ana");

        Assert.Equal(BadToken, await app.UserInfo($"Bearer {access}"));
    }

    [Fact]
    public async Task A_revoked_token_is_refused()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, access) = await SignedIn(world, "openid");
        var again = await new TestApp(world, app.Pool).SignedIn("ana");

        await app.Revoke(again.Refresh!);

        Assert.Equal(BadToken, await app.UserInfo($"Bearer {again.Access}"));
        Assert.StartsWith("sub=", await app.UserInfo($"Bearer {access}"));
    }

    private static async Task<(OAuthApp App, TestUser User, string Access)> SignedIn(
        World world, string scopes, object? client = null)
    {
        var pool = await TestPool.Create(
            world,
            Calls.Merge(
                TokenPools.Settings("V2_0"),
                new
                {
                    Schema = new[] { new { Name = "shoe", AttributeDataType = "Number", Mutable = true } },
                }),
            client);
        var user = await pool.ConfirmedUser("ana", "ana@example.com", "+15555550100");
        await world.Admin(pool, "AdminUpdateUserAttributes", "ana", new
        {
            UserAttributes = Calls.Attributes("name=Ana;birthdate=1990-01-02;custom:shoe=42"),
        });
        world.ChangesTokens(new JsonObject
        {
            ["accessTokenGeneration"] = new JsonObject
            {
                ["scopesToAdd"] = new JsonArray([.. scopes.Split(' ').Select(scope => (JsonNode)scope)]),
                ["scopesToSuppress"] = scopes.Contains("admin", StringComparison.Ordinal)
                    ? new JsonArray()
                    : new JsonArray("aws.cognito.signin.user.admin"),
            },
        }.ToJsonString());
        return (new(world, pool), user, (await new TestApp(world, pool).SignedIn("ana")).Access);
    }
}
