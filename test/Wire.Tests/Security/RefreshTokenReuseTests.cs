using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Refresh tokens that are replaced, and used by more than one (CVE-2026-1035, RFC 9700
/// §4.14.2).</summary>
public sealed class RefreshTokenReuseTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:tokens";
    private const int Many = 50;
    private const string Reuse = "RefreshTokenReuseException";
    private const string Revoked = "NotAuthorizedException: Refresh Token has been revoked";

    private const string Reused =
        "RefreshTokenReuseException: Refresh Token has been replaced and cannot be used again.";

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_refreshes_at_once_one_succeeds(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, tokens) = await SignedIn(world, grace: 0);

        var answers = await world.Burst(
            Many, "GetTokensFromRefreshToken", _ => Rotation.Request(pool, tokens.Refresh!));

        Assert.Equal(1, answers["200"]);
        Assert.Equal(Many - 1, answers[Reuse]);
        Assert.Equal(Reused, (await world.Refresh(pool, tokens.Refresh!)).ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Within_the_grace_period_all_succeed_and_afterwards_none(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, tokens) = await SignedIn(world, grace: 10);

        var answers = await world.Burst(
            Many, "GetTokensFromRefreshToken", _ => Rotation.Request(pool, tokens.Refresh!));
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        var late = await world.Burst(
            Many, "GetTokensFromRefreshToken", _ => Rotation.Request(pool, tokens.Refresh!));

        Assert.Equal(Many, answers["200"]);
        Assert.Equal(Many, late[Reuse]);
        // However often it was replaced, it is noted once.
        Assert.Single(await world.RowsOf("spent"), row => row.Contains("refresh/", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task The_service_only_refuses_a_token_that_is_used_again(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, first) = await SignedIn(world, grace: 0);
        var second = TestTokens.Of(await world.Refresh(pool, first.Refresh!));

        Assert.Equal(Reused, await world.LeavesNothing(() => world.Refresh(pool, first.Refresh!)));

        Assert.Equal("200", await world.Admission(second.Access));
        Assert.True((await world.Refresh(pool, second.Refresh!)).IsSuccess);
    }

    [Theory, EachDatabase]
    public async Task Where_it_is_set_a_token_that_is_used_again_ends_its_sign_in_and_no_other(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind, tokens: new TokenRules(EndsReusedSignIns: true));
        var (pool, first) = await SignedIn(world, grace: 0);
        var other = await new TestApp(world, pool).SignedIn("ana");
        var second = TestTokens.Of(await world.Refresh(pool, first.Refresh!));
        var third = TestTokens.Of(await world.Refresh(pool, second.Refresh!));

        Assert.Equal(Reused, (await world.Refresh(pool, first.Refresh!)).ToString());

        foreach (var tokens in (TestTokens[])[first, second, third])
        {
            Assert.Equal(Revoked, (await world.Refresh(pool, tokens.Refresh!)).ToString());
            Assert.Equal(
                "NotAuthorizedException: Access Token has been revoked",
                await world.Admission(tokens.Access));
        }

        Assert.Equal("200", await world.Admission(other.Access));
        Assert.True((await world.Refresh(pool, other.Refresh!)).IsSuccess);
    }

    [Fact]
    public async Task Clients_that_do_not_revoke_lose_a_reused_sign_in_all_the_same()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, tokens: new TokenRules(EndsReusedSignIns: true));
        var (pool, first) = await SignedIn(world, grace: 0, new { EnableTokenRevocation = false });
        var second = TestTokens.Of(await world.Refresh(pool, first.Refresh!));

        await world.Refresh(pool, first.Refresh!);

        Assert.Equal(Revoked, (await world.Refresh(pool, second.Refresh!)).ToString());
        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked", await world.Admission(second.Access));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_refreshes_and_a_sign_out_at_once_no_token_survives(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, tokens) = await SignedIn(world, grace: 60);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var refreshes = Enumerable.Range(0, 20)
            .Select(_ => Task.Run(() => world.Send(
                "GetTokensFromRefreshToken", Text(Rotation.Request(pool, tokens.Refresh!)))))
            .ToList();

        var signedOut = await world.Send(
            "AdminUserGlobalSignOut", Text(new { UserPoolId = pool.Id, Username = "ana" }));
        var answers = await Task.WhenAll(refreshes);

        Assert.True(signedOut.IsSuccess, signedOut.ToString());
        foreach (var answer in answers.Where(answer => answer.IsSuccess))
        {
            var fresh = TestTokens.Of(answer);
            Assert.Equal(
                "NotAuthorizedException: Access Token has been revoked", await world.Admission(fresh.Access));
            Assert.Equal(Revoked, (await world.Refresh(pool, fresh.Refresh!)).ToString());
        }
    }

    [Theory]
    [InlineData(0, Reused)]
    [InlineData(10, "200")]
    public async Task Who_began_sooner_and_comes_later_has_the_grace_period_and_no_more(
        int grace, string outcome)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { LambdaConfig = new { PreTokenGeneration = Arn } }, Rotation.Client(grace, null));
        await pool.ConfirmedUser("ana");
        world.Triggers.On(Arn, static _ => { });
        var tokens = await new TestApp(world, pool).SignedIn("ana");
        Answer? sooner = null;
        world.Triggers.On(Arn, async _ =>
        {
            world.Triggers.On(Arn, static _ => { });
            world.Clock.Advance(TimeSpan.FromMilliseconds(200));
            sooner = await world.Refresh(pool, tokens.Refresh!);
        });

        var later = await world.Refresh(pool, tokens.Refresh!);

        Assert.True(sooner!.IsSuccess, sooner.ToString());
        Assert.Equal(outcome, later.IsSuccess ? "200" : later.ToString());
    }

    private static async Task<(TestPool Pool, TestTokens Tokens)> SignedIn(
        World world, int grace, object? more = null)
    {
        var pool = await TestPool.Create(world, client: Rotation.Client(grace, more));
        await pool.ConfirmedUser("ana");
        return (pool, await new TestApp(world, pool).SignedIn("ana"));
    }

    private static string Text(object request) => System.Text.Json.JsonSerializer.Serialize(request);
}
