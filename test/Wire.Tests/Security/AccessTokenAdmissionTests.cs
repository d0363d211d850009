using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Access tokens that are not what they seem (CVE-2026-11800, CVE-2026-55670 and their
/// like).</summary>
public sealed class AccessTokenAdmissionTests
{
    private const string Invalid = "NotAuthorizedException: Invalid Access Token";
    private const string Revoked = "NotAuthorizedException: Access Token has been revoked";

    [Theory]
    [InlineData("""{"kid":"{kid}","alg":"none"}""")]
    [InlineData("""{"kid":"{kid}","alg":"None"}""")]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"kid":"{kid}","alg":"RS512"}""")]
    [InlineData("""{"kid":"{kid}","alg":"PS256"}""")]
    [InlineData("""{"kid":"{kid}","alg":"HS256"}""")]
    [InlineData("""{"kid":"{kid}","alg":"RS256","alg":"none"}""")]
    [InlineData("""{"kid":"../../{kid}","alg":"RS256"}""")]
    [InlineData("""{"kid":"nobody's","alg":"RS256"}""")]
    public async Task An_algorithm_other_than_the_pool_s_is_not_even_tried(string header)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var parts = (await app.SignedIn("ana")).Access.Split('.');
        var forged = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            header.Replace("{kid}", Kid(parts), StringComparison.Ordinal)));

        foreach (var signature in (string[])["", "AA", parts[2]])
            Assert.Equal(Invalid, await world.Admission($"{forged}.{parts[1]}.{signature}"));
    }

    [Fact]
    public async Task A_mac_made_with_the_public_key_is_no_signature()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var parts = (await app.SignedIn("ana")).Access.Split('.');
        var key = (await world.Get<TokenKeys>()
                .Published(app.Pool.Id, world.Clock.GetUtcNow(), CancellationToken.None))
            .Single(one => one.KeyId == Kid(parts));
        byte[][] secrets =
        [
            key.With(rsa => rsa.ExportSubjectPublicKeyInfo()),
            key.With(rsa => rsa.ExportRSAPublicKey()),
            Encoding.ASCII.GetBytes(key.With(rsa => rsa.ExportSubjectPublicKeyInfoPem())),
            key.With(rsa => rsa.ExportParameters(includePrivateParameters: false)).Modulus!,
        ];

        foreach (var algorithm in (string[])["HS256", "RS256"])
        {
            var header = new JsonObject { ["kid"] = Kid(parts), ["alg"] = algorithm }.ToJsonString();
            var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}";
            foreach (var secret in secrets)
            {
                var mac = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input));
                Assert.Equal(Invalid, await world.Admission($"{input}.{Base64Url.EncodeToString(mac)}"));
            }
        }
    }

    [Fact]
    public async Task A_token_signed_with_another_pool_s_key_is_not_this_pool_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var elsewhere = await TestPool.Create(world);
        await app.Pool.ConfirmedUser("ana");
        var claims = (await app.SignedIn("ana")).AccessClaims;

        var own = await Signed(world, app.Pool.Id, TokenUse.Access, claims);
        var foreign = await Signed(world, elsewhere.Id, TokenUse.Access, claims);
        var byIdKey = await Signed(world, app.Pool.Id, TokenUse.Id, claims);

        Assert.Equal("200", await world.Admission(own));
        Assert.Equal(Invalid, await world.Admission(foreign));
        Assert.Equal(Invalid, await world.Admission(byIdKey));
    }

    [Theory]
    [InlineData("iss", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_000000000")]
    [InlineData("iss", "https://evil.example/{pool}")]
    [InlineData("iss", "https://cognito-idp.us-east-1.amazonaws.com/{pool}/")]
    [InlineData("iss", "{pool}")]
    [InlineData("iss", null)]
    [InlineData("token_use", "id")]
    [InlineData("token_use", null)]
    [InlineData("client_id", "1234567890abcdefghijklmnop")]
    [InlineData("client_id", null)]
    [InlineData("sub", null)]
    [InlineData("exp", null)]
    [InlineData("auth_time", null)]
    [InlineData("event_id", null)]
    [InlineData("event_id", "00000000-0000-4000-8000-000000000000")]
    public async Task Every_claim_that_places_a_token_must_be_there_and_right(string claim, string? value)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var claims = (await app.SignedIn("ana")).AccessClaims;
        if (value is null) claims.Remove(claim);
        else claims[claim] = value.Replace("{pool}", app.Pool.Id, StringComparison.Ordinal);
        var token = await Signed(world, app.Pool.Id, TokenUse.Access, claims);

        Assert.Equal(Invalid, await world.Admission(token));
    }

    [Theory]
    [InlineData("openid email")]
    [InlineData("aws.cognito.signin.user.administrator")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Without_the_scope_of_users_nothing_is_admitted(string? scope)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var claims = (await app.SignedIn("ana")).AccessClaims;
        if (scope is null) claims.Remove("scope");
        else claims["scope"] = scope;

        Assert.Equal(
            "NotAuthorizedException: Access Token does not have required scopes",
            await world.Admission(await Signed(world, app.Pool.Id, TokenUse.Access, claims)));
    }

    [Fact]
    public async Task The_instant_of_a_sign_out_divides_tokens_by_their_sign_in_and_not_by_their_refresh()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var before = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var refreshed = TestTokens.Of(await app.Refresh(before.Refresh!));
        await world.Admin(app.Pool, "AdminUserGlobalSignOut", "ana");
        var after = await app.SignedIn("ana");

        // All three within one second: auth_time and iat could not tell them apart.
        Assert.Equal(Revoked, await world.Admission(before.Access));
        Assert.Equal(Revoked, await world.Admission(refreshed.Access));
        Assert.Equal("200", await world.Admission(after.Access));
    }

    [Fact]
    public async Task A_user_of_the_same_name_does_not_inherit_tokens()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var old = await app.SignedIn("ana");
        await world.Admin(app.Pool, "AdminDeleteUser", "ana");
        await app.Pool.ConfirmedUser("ana");

        Assert.Equal("UserNotFoundException: User does not exist.", await world.Admission(old.Access));
        Assert.Equal(
            "NotAuthorizedException: Refresh Token has been revoked",
            TestApp.Outcome(await app.Refresh(old.Refresh!)));
    }

    /// <summary>A token of these claims with the pool's own key: what a claim must hold shows only where the
    /// signature is good.</summary>
    private static async Task<string> Signed(World world, string poolId, TokenUse use, JsonObject claims)
    {
        var key = await world.Get<TokenKeys>()
            .Active(poolId, use, world.Clock.GetUtcNow(), CancellationToken.None);
        return key.With(rsa => Jws.Sign(rsa, key.KeyId, Encoding.UTF8.GetBytes(claims.ToJsonString())));
    }

    private static string Kid(string[] parts) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"]!.GetValue<string>();
}
