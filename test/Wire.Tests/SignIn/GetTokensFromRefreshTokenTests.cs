using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class GetTokensFromRefreshTokenTests
{
    private const string Reused =
        "RefreshTokenReuseException: Refresh Token has been replaced and cannot be used again.";

    private const string Revoked = "NotAuthorizedException: Refresh Token has been revoked";

    [Theory, EachDatabase]
    public async Task Replaces_the_refresh_token_and_takes_it_only_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, client: Rotation.Client());
        await pool.ConfirmedUser("ana");
        var first = await new TestApp(world, pool).SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(50));
        world.Transcript.Clear();

        var second = TestTokens.Of(await world.Refresh(pool, first.Refresh!));
        await world.Refresh(pool, first.Refresh!);
        await world.Refresh(pool, second.Refresh!);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gives_tokens_of_the_same_sign_in_whether_or_not_the_client_rotates(bool rotates)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: rotates ? Rotation.Client() : null);
        await pool.ConfirmedUser("ana");
        var first = await new TestApp(world, pool).SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(50));
        await world.Admin(
            pool, "AdminUpdateUserAttributes", "ana", new { UserAttributes = Calls.Attributes("name=Ana") });

        var answer = await world.Refresh(pool, first.Refresh!);

        Assert.Equal(["AuthenticationResult"], answer.Body!.Select(member => member.Key));
        var second = TestTokens.Of(answer);
        Assert.Equal(rotates, second.Refresh is not null);
        Assert.Equal("Ana", second.IdClaims["name"]!.GetValue<string>());
        foreach (var (before, after) in new[]
            {
                (first.IdClaims, second.IdClaims), (first.AccessClaims, second.AccessClaims),
            })
        {
            foreach (var same in (string[])["sub", "auth_time", "origin_jti", "event_id"])
                Assert.Equal(before[same]!.ToJsonString(), after[same]!.ToJsonString());
            Assert.NotEqual(before["jti"]!.GetValue<string>(), after["jti"]!.GetValue<string>());
            foreach (var later in (string[])["iat", "exp"])
                Assert.Equal(before[later]!.GetValue<long>() + 3000, after[later]!.GetValue<long>());
        }
    }

    [Fact]
    public async Task The_new_refresh_token_ends_when_the_first_would_have_ended()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var validity = new
        {
            RefreshTokenValidity = 2,
            TokenValidityUnits = new { RefreshToken = "hours" },
        };
        var pool = await TestPool.Create(world, client: Rotation.Client(more: validity));
        await pool.ConfirmedUser("ana");
        var tokens = await new TestApp(world, pool).SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(119));
        tokens = TestTokens.Of(await world.Refresh(pool, tokens.Refresh!));
        world.Clock.Advance(TimeSpan.FromSeconds(59));
        tokens = TestTokens.Of(await world.Refresh(pool, tokens.Refresh!));
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            "NotAuthorizedException: Refresh Token has expired",
            (await world.Refresh(pool, tokens.Refresh!)).ToString());
    }

    [Fact]
    public async Task Takes_a_replaced_token_until_the_grace_period_is_over()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: Rotation.Client(grace: 60));
        await pool.ConfirmedUser("ana");
        var first = await new TestApp(world, pool).SignedIn("ana");

        var second = TestTokens.Of(await world.Refresh(pool, first.Refresh!));
        world.Clock.Advance(TimeSpan.FromMilliseconds(59_999));
        var again = TestTokens.Of(await world.Refresh(pool, first.Refresh!));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        // The period begins with the first use, and no later one prolongs it.
        Assert.Equal(Reused, (await world.Refresh(pool, first.Refresh!)).ToString());
        foreach (var good in (TestTokens[])[second, again])
            Assert.True((await world.Refresh(pool, good.Refresh!)).IsSuccess);
        Assert.NotEqual(second.Refresh, again.Refresh);
    }

    [Fact]
    public async Task A_token_that_was_replaced_stays_so_when_the_client_stops_rotating()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: Rotation.Client(grace: 60));
        await pool.ConfirmedUser("ana");
        var first = await new TestApp(world, pool).SignedIn("ana");
        var second = TestTokens.Of(await world.Refresh(pool, first.Refresh!));
        await world.Must(
            "UpdateUserPoolClient",
            new
            {
                UserPoolId = pool.Id,
                pool.ClientId,
                ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" },
            });

        Assert.Equal(Reused, (await world.Refresh(pool, first.Refresh!)).ToString());
        var app = new TestApp(world, pool);
        Assert.Equal(Revoked, TestApp.Outcome(await app.Refresh(first.Refresh!)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(second.Refresh!)));
    }

    [Fact]
    public async Task The_flow_of_InitiateAuth_is_closed_to_clients_that_rotate()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: Rotation.Client());
        await pool.ConfirmedUser("ana");
        var app = new TestApp(world, pool);
        var tokens = await app.SignedIn("ana");

        Assert.Equal(
            "InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client",
            TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
    }

    [Fact]
    public async Task Is_closed_to_clients_that_allow_no_refresh()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, client: new { ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" } });
        await pool.ConfirmedUser("ana");
        var tokens = await new TestApp(world, pool).SignedIn("ana");

        Assert.Equal(
            "InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client",
            await world.LeavesNothing(() => world.Refresh(pool, tokens.Refresh!)));
    }

    [Fact]
    public async Task Asks_for_the_secret_of_the_client_itself()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, client: Rotation.Client(more: new { GenerateSecret = true }));
        await pool.ConfirmedUser("ana");
        var token = (await new TestApp(world, pool).SignedIn("ana")).Refresh!;
        var wrong = $"NotAuthorizedException: Unable to verify secret hash for client {pool.ClientId}";
        var added = await world.Must(
            "AddUserPoolClientSecret", new { UserPoolId = pool.Id, pool.ClientId });
        var second = added["ClientSecretDescriptor"]!["ClientSecretValue"]!.GetValue<string>();

        foreach (var given in (string?[])[null, new('x', 24), pool.ClientSecret![..^1] + "_"])
        {
            Assert.Equal(
                wrong,
                await world.LeavesNothing(() => world.Refresh(pool, token, new { ClientSecret = given })));
        }

        var answer = await world.Refresh(pool, token, new { ClientSecret = second });
        Assert.True((await world.Refresh(pool, TestTokens.Of(answer).Refresh!)).IsSuccess);
        var open = await TestPool.Create(world);
        Assert.Equal(
            $"NotAuthorizedException: Unable to verify secret hash for client {open.ClientId}",
            (await world.Refresh(open, token, new { ClientSecret = second })).ToString());
    }

    [Fact]
    public async Task Refuses_what_is_not_a_refresh_token_of_this_client()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: Rotation.Client());
        var sibling = await pool.AnotherClient(Rotation.Client());
        await pool.ConfirmedUser("ana");
        var tokens = await new TestApp(world, pool).SignedIn("ana");
        var parts = tokens.Refresh!.Split('.');

        foreach (var garbage in (string[])
        [
            "garbage", tokens.Access, tokens.Id, "a.b.c.d.e", tokens.Refresh + "A", tokens.Refresh + "=",
            string.Join('.', [.. parts[..4], Respelled(parts[4])]),
        ])
        {
            Assert.Equal(
                "NotAuthorizedException: Invalid Refresh Token.",
                await world.LeavesNothing(() => world.Refresh(pool, garbage)));
        }

        Assert.Equal(
            "NotAuthorizedException: Invalid Refresh Token.",
            await world.LeavesNothing(() => world.Refresh(sibling, tokens.Refresh)));
        Assert.Equal(
            "ResourceNotFoundException: User pool client 1234567890abcdefghijklmnop does not exist.",
            await world.LeavesNothing(() => world.Call(
                "GetTokensFromRefreshToken",
                new { ClientId = "1234567890abcdefghijklmnop", RefreshToken = tokens.Refresh })));
        Assert.True((await world.Refresh(pool, tokens.Refresh)).IsSuccess);
    }

    [Theory]
    [InlineData("AdminUserGlobalSignOut", Revoked)]
    [InlineData("AdminDisableUser", "NotAuthorizedException: User is disabled.")]
    [InlineData("AdminDeleteUser", Revoked)]
    [InlineData("AdminResetUserPassword", Revoked)]
    public async Task Ends_with_what_ends_the_sign_in(string operation, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: Rotation.Client());
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = (await new TestApp(world, pool).SignedIn("ana")).Refresh!;
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("200", (await world.Admin(pool, operation, "ana")).ToString());

        Assert.Equal(expected, await world.LeavesNothing(() => world.Refresh(pool, token)));
    }

    [Fact]
    public async Task Goes_on_after_the_password_was_changed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, client: Rotation.Client());
        await pool.ConfirmedUser("ana");
        var token = (await new TestApp(world, pool).SignedIn("ana")).Refresh!;
        await world.Admin(
            pool, "AdminSetUserPassword", "ana", new { Password = "Newer-1234!", Permanent = true });

        Assert.True((await world.Refresh(pool, token)).IsSuccess);
    }

    /// <summary>The same bits with other unused ones at the end.</summary>
    private static string Respelled(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return text[..^1] + alphabet[alphabet.IndexOf(text[^1], StringComparison.Ordinal) ^ 1];
    }
}
