using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class RevokeTokenTests
{
    private const string Operation = "RevokeToken";
    private const string Unauthorized =
        "UnauthorizedException: The client is not authorized to revoke this token.";

    [Theory, EachDatabase]
    public async Task Ends_one_sign_in_with_all_its_tokens_and_no_other(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var (first, other) = (await app.SignedIn("ana"), await app.SignedIn("ana"));
        var refreshed = TestTokens.Of(await app.Refresh(first.Refresh!));
        world.Transcript.Clear();

        await Revoke(world, app.Pool, first.Refresh!);
        await app.Refresh(first.Refresh!);
        await world.Admission(first.Access);
        await world.Admission(refreshed.Access);
        await world.Admission(other.Access);
        await app.Refresh(other.Refresh!);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task May_be_repeated_and_then_changes_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var token = (await app.SignedIn("ana")).Refresh!;
        Assert.Equal("200", (await Revoke(world, app.Pool, token)).ToString());

        Assert.Equal("200", await world.LeavesNothing(() => Revoke(world, app.Pool, token)));
    }

    [Fact]
    public async Task Of_a_token_that_has_expired_there_is_nothing_to_note()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var token = (await app.SignedIn("ana")).Refresh!;
        world.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("200", await world.LeavesNothing(() => Revoke(world, app.Pool, token)));
    }

    [Fact]
    public async Task Any_token_of_a_rotation_revokes_them_all()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: Rotation.Client());
        await pool.ConfirmedUser("ana");
        var first = await new TestApp(world, pool).SignedIn("ana");
        var second = TestTokens.Of(await world.Refresh(pool, first.Refresh!));

        await Revoke(world, pool, first.Refresh!);

        Assert.Equal(
            "NotAuthorizedException: Refresh Token has been revoked",
            (await world.Refresh(pool, second.Refresh!)).ToString());
        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked", await world.Admission(second.Access));
    }

    [Fact]
    public async Task Refuses_clients_that_do_not_revoke()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: new { EnableTokenRevocation = false });
        await pool.ConfirmedUser("ana");
        var tokens = await new TestApp(world, pool).SignedIn("ana");

        Assert.Equal(
            $"UnsupportedOperationException: Token revocation is not enabled for client {pool.ClientId}",
            await world.LeavesNothing(() => Revoke(world, pool, tokens.Refresh!)));
        Assert.Equal("200", await world.Admission(tokens.Access));
    }

    [Fact]
    public async Task What_was_revoked_stays_so_when_the_client_stops_revoking()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        await Revoke(world, app.Pool, tokens.Refresh!);
        await world.Must(
            "UpdateUserPoolClient",
            new { UserPoolId = app.Pool.Id, app.Pool.ClientId, EnableTokenRevocation = false });

        Assert.Equal(
            "NotAuthorizedException: Refresh Token has been revoked",
            TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked", await world.Admission(tokens.Access));
    }

    [Fact]
    public async Task Takes_refresh_tokens_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");

        foreach (var signed in (string[])[tokens.Access, tokens.Id])
        {
            Assert.Equal(
                "UnsupportedTokenTypeException: Unsupported token type",
                await world.LeavesNothing(() => Revoke(world, app.Pool, signed)));
        }

        foreach (var garbage in (string[])["garbage", "a.b.c.d.e", tokens.Refresh + "A"])
        {
            Assert.Equal(
                "InvalidParameterException: Invalid token",
                await world.LeavesNothing(() => Revoke(world, app.Pool, garbage)));
        }

        Assert.Equal("200", await world.Admission(tokens.Access));
    }

    [Fact]
    public async Task Refuses_whoever_is_not_the_client_of_the_token()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: new { GenerateSecret = true });
        var sibling = await pool.AnotherClient();
        var elsewhere = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = (await new TestApp(world, pool).SignedIn("ana")).Refresh!;

        Assert.Equal(Unauthorized, await world.LeavesNothing(() => Revoke(world, sibling, token)));
        Assert.Equal(
            "InvalidParameterException: Invalid token",
            await world.LeavesNothing(() => Revoke(world, elsewhere, token)));
        foreach (var secret in (string?[])[null, new('x', 51)])
        {
            Assert.Equal(
                Unauthorized,
                await world.LeavesNothing(() => Revoke(world, pool, token, new { ClientSecret = secret })));
        }

        Assert.Equal(
            Unauthorized,
            await world.LeavesNothing(() => world.Call(
                Operation, new { ClientId = "1234567890abcdefghijklmnop", Token = token })));
        Assert.Equal("200", (await Revoke(world, pool, token)).ToString());
    }

    [Theory]
    [InlineData("NONE", "200")]
    [InlineData("LINKED", "200")]
    [InlineData("ALL",
        "InvalidParameterException: 1 validation error detected: Value 'ALL' at 'revokeAssociatedSessions' "
        + "failed to satisfy constraint: Member must satisfy enum value set: [LINKED, NONE]")]
    public async Task Knows_two_ways_to_treat_what_belongs_to_it(string associated, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var token = (await app.SignedIn("ana")).Refresh!;

        var answer = await Revoke(world, app.Pool, token, new { RevokeAssociatedSessions = associated });

        Assert.Equal(expected, answer.ToString());
    }

    private static Task<Answer> Revoke(World world, TestPool pool, string token, object? more = null) =>
        world.Call(
            Operation,
            Calls.Merge(
                pool.ClientSecret is null
                    ? new { pool.ClientId, Token = token }
                    : new { pool.ClientId, pool.ClientSecret, Token = token },
                more));
}
