using System.Buffers.Text;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>REFRESH_TOKEN_AUTH.</summary>
public sealed class RefreshTests
{
    private const string Invalid = "NotAuthorizedException: Invalid Refresh Token.";
    private const string Revoked = "NotAuthorizedException: Refresh Token has been revoked";

    [Theory]
    [InlineData("REFRESH_TOKEN_AUTH")]
    [InlineData("REFRESH_TOKEN")]
    public async Task Gives_new_tokens_of_the_same_sign_in(string flow)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com");
        var first = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(50));
        await world.Must(
            "AdminUpdateUserAttributes",
            new
            {
                UserPoolId = app.Pool.Id,
                Username = "ana",
                UserAttributes = new[] { new { Name = "name", Value = "Ana" } },
            });

        var answer = await app.Start(flow, ("REFRESH_TOKEN", first.Refresh!));

        Assert.Equal("{}", answer["ChallengeParameters"]!.ToJsonString());
        var second = TestTokens.Of(answer);
        Assert.Null(second.Refresh);
        foreach (var (before, after) in new[]
            {
                (first.IdClaims, second.IdClaims), (first.AccessClaims, second.AccessClaims),
            })
        {
            foreach (var same in (string[])["sub", "iss", "token_use", "auth_time", "origin_jti", "event_id"])
                Assert.Equal(before[same]!.ToJsonString(), after[same]!.ToJsonString());
            Assert.NotEqual(before["jti"]!.GetValue<string>(), after["jti"]!.GetValue<string>());
            foreach (var later in (string[])["iat", "exp"])
                Assert.Equal(before[later]!.GetValue<long>() + 3000, after[later]!.GetValue<long>());
        }

        Assert.Equal("Ana", second.IdClaims["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Does_not_prolong_the_refresh_token()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new
        {
            RefreshTokenValidity = 2,
            TokenValidityUnits = new { RefreshToken = "hours" },
        };
        var app = new TestApp(world, await TestPool.Create(world, null, client));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            "NotAuthorizedException: Refresh Token has expired",
            TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
    }

    [Fact]
    public async Task Refuses_what_is_not_a_refresh_token_of_this_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var other = new TestApp(world, await app.Pool.AnotherClient());
        var elsewhere = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        var parts = tokens.Refresh!.Split('.');

        foreach (var garbage in (string[])
        [
            "garbage", tokens.Access, tokens.Id, "a.b.c.d.e", string.Join('.', parts[..4]) + ".",
            tokens.Refresh + "A",
        ])
        {
            Assert.Equal(Invalid, TestApp.Outcome(await app.Refresh(garbage)));
        }

        foreach (var stranger in (TestApp[])[other, elsewhere])
            Assert.Equal(Invalid, TestApp.Outcome(await stranger.Refresh(tokens.Refresh)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(tokens.Refresh)));
    }

    [Fact]
    public async Task Looks_like_the_service_s_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var ana = await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");

        Assert.StartsWith("eyJjdHkiOiJKV1Qi", tokens.Refresh, StringComparison.Ordinal);
        var parts = tokens.Refresh!.Split('.');
        Assert.Equal(5, parts.Length);
        Assert.DoesNotContain(parts, part => part.Length > 0
            && System.Text.Encoding.Latin1.GetString(Base64Url.DecodeFromChars(part)).Contains(ana.Sub));
    }

    [Fact]
    public async Task Ends_with_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        await world.Must("AdminDeleteUser", new { UserPoolId = app.Pool.Id, Username = "ana" });
        await app.Pool.ConfirmedUser("ana");

        Assert.Equal(Revoked, TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
    }

    [Fact]
    public async Task Disabling_ends_it_for_good()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var old = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var user = new { UserPoolId = app.Pool.Id, Username = "ana" };
        await world.Must("AdminDisableUser", user);

        Assert.Equal(
            "NotAuthorizedException: User is disabled.", TestApp.Outcome(await app.Refresh(old.Refresh!)));
        Assert.Equal("NotAuthorizedException: Access Token has been revoked", await Get(world, old));
        await world.Must("AdminEnableUser", user);
        var fresh = await app.SignedIn("ana");

        Assert.Equal(Revoked, TestApp.Outcome(await app.Refresh(old.Refresh!)));
        Assert.Equal("NotAuthorizedException: Access Token has been revoked", await Get(world, old));
        // In the same second, and in the same millisecond.
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(fresh.Refresh!)));
        Assert.Equal("200", await Get(world, fresh));
        Assert.Equal("200", await Get(world, TestTokens.Of(await app.Refresh(fresh.Refresh!))));
    }

    [Theory]
    [InlineData("name", "tokens")]
    [InlineData("sub", "tokens")]
    [InlineData("email", "NotAuthorizedException: SecretHash does not match for the client: {client}")]
    [InlineData(
        null,
        "NotAuthorizedException: Client {client} is configured with secret but SECRET_HASH was not received")]
    public async Task Takes_the_secret_hash_over_user_name_and_sub(string? over, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { AliasAttributes = new[] { "email" } }, new { GenerateSecret = true });
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com");
        var app = new TestApp(world, pool);
        var tokens = await app.SignedIn("ana@example.com");
        var hashed = over switch
        {
            "name" => "ana",
            "sub" => ana.Sub,
            "email" => "ana@example.com",
            _ => null,
        };

        var answer = await app.Refresh(tokens.Refresh!, hashed);

        Assert.Equal(
            expected.Replace("{client}", pool.ClientId, StringComparison.Ordinal), TestApp.Outcome(answer));
    }

    [Fact]
    public async Task Writes_nothing_and_sends_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        world.Transcript.Clear();

        await app.Refresh(tokens.Refresh!);

        Assert.Equal(2, world.Transcript.ToString().TrimEnd('\n').Split('\n').Length);
    }

    private static async Task<string> Get(World world, TestTokens tokens) =>
        (await world.Call("GetUser", new { AccessToken = tokens.Access })).ToString();
}
