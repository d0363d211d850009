using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.OAuth;

public sealed class TokenRevocationTests
{
    [Theory, EachDatabase]
    public async Task Ends_one_sign_in_with_all_its_tokens_and_no_other(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, pool, tokens) = await SignedIn(world);
        var other = await new TestApp(world, pool).SignedIn("ana");

        Assert.Equal("200", (await app.Revoke(tokens.Refresh!)).ToString());

        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked",
            (await world.Own(tokens.Access, "GetUser")).ToString());
        Assert.Equal(
            "400 invalid_grant",
            (await app.Token("refresh_token", ("refresh_token", tokens.Refresh!))).ToString());
        Assert.Equal("200", (await world.Own(other.Access, "GetUser")).ToString());
    }

    [Fact]
    public async Task Is_done_also_where_there_is_nothing_to_revoke()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool, tokens) = await SignedIn(world);
        var header = OAuthApp.Basic(pool.ClientId, pool.ClientSecret!);

        foreach (var token in (string[])["garbage", "a.b.c.d.e", tokens.Refresh!, tokens.Refresh!])
            Assert.Equal("200", (await app.Revoke(token, header)).ToString());
        world.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal("200", (await app.Revoke(tokens.Refresh!)).ToString());
    }

    [Fact]
    public async Task Revokes_by_refresh_tokens_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, tokens) = await SignedIn(world);

        Assert.Equal("400 unsupported_token_type", (await app.Revoke(tokens.Access)).ToString());
        Assert.Equal("400 unsupported_token_type", (await app.Revoke(tokens.Id)).ToString());
        Assert.Equal("400 invalid_request", (await app.RevokeBy(app.Identity)).ToString());
        Assert.Equal("200", (await world.Own(tokens.Access, "GetUser")).ToString());
    }

    [Fact]
    public async Task Nobody_revokes_for_another_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool, tokens) = await SignedIn(world);
        var other = new OAuthApp(world, await pool.AnotherClient());

        Assert.Equal("400 invalid_request", (await other.Revoke(tokens.Refresh!)).ToString());
        Assert.Equal(
            "401 invalid_client",
            (await app.RevokeBy([("token", tokens.Refresh!), ("client_id", pool.ClientId)])).ToString());
        var byHeader = await app.Revoke(tokens.Refresh!, OAuthApp.Basic(pool.ClientId, "wrong"));
        Assert.Equal("401 invalid_client", byHeader.ToString());
        Assert.StartsWith("Basic ", byHeader.Refusal!.Challenge, StringComparison.Ordinal);
        Assert.Equal("200", (await world.Own(tokens.Access, "GetUser")).ToString());
    }

    [Fact]
    public async Task A_client_that_does_not_revoke_tokens_is_told_so()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, tokens) = await SignedIn(world, new { EnableTokenRevocation = false });

        Assert.Equal("400 invalid_request", (await app.Revoke(tokens.Refresh!)).ToString());
    }

    private static async Task<(OAuthApp App, TestPool Pool, TestTokens Tokens)> SignedIn(
        World world, object? client = null)
    {
        var pool = await TestPool.Create(
            world, client: Calls.Merge(new { GenerateSecret = true }, client));
        await pool.ConfirmedUser("ana");
        return (new(world, pool), pool, await new TestApp(world, pool).SignedIn("ana"));
    }
}
