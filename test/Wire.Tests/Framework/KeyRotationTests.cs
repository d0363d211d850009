using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

public sealed class KeyRotationTests
{
    [Theory, EachDatabase]
    public async Task New_keys_are_shown_before_they_sign_and_old_ones_as_long_as_their_tokens_live(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var client = new
        {
            AccessTokenValidity = 24,
            IdTokenValidity = 24,
            TokenValidityUnits = new { AccessToken = "hours", IdToken = "hours" },
        };
        var app = new TestApp(world, await TestPool.Create(world, client: client));
        await app.Pool.ConfirmedUser("ana");
        var tokens = new List<TestTokens> { await app.SignedIn("ana") };
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        // What somebody has read who verifies tokens, and reads again only for a key that is not in it.
        var known = await Published(world, app.Pool.Id);

        await Rotate(world, app.Pool.Id);
        var both = await Published(world, app.Pool.Id);
        world.Clock.Advance(SigningKey.PublishedAhead - TimeSpan.FromMilliseconds(1));
        tokens.Add(await app.SignedIn("ana"));
        Assert.Superset(known, Kids(tokens[^1]));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        tokens.Add(TestTokens.Of(await app.Refresh(tokens[0].Refresh!)));

        Assert.Equal(4, both.Count);
        Assert.Superset(known, both);
        Assert.Empty(Kids(tokens[^1]).Intersect(known));
        Assert.Superset(Kids(tokens[^1]), both);
        // The last token of the old keys has a second to live.
        world.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(2));
        foreach (var token in (string[])[tokens[1].Id, tokens[1].Access, tokens[2].Id, tokens[2].Access])
            Assert.True(await TestTokens.IsSigned(world, app.Pool.Id, token));
        Assert.Equal("200", await world.Admission(tokens[1].Access));
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(Kids(tokens[2]), await Published(world, app.Pool.Id));
    }

    [Fact]
    public async Task Keys_that_have_left_the_JWKS_are_removed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await Rotate(world, app.Pool.Id);
        world.Clock.Advance(SigningKey.PublishedAhead + SigningKey.KeptAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await Sweep(world));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(2, await Sweep(world));

        world.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(await Published(world, app.Pool.Id), Kids(await app.SignedIn("ana")));
    }

    [Fact]
    public async Task Where_a_key_must_not_sign_any_more_the_next_one_signs_at_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var before = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await Rotate(world, app.Pool.Id, atOnce: true);
        var after = await app.SignedIn("ana");

        Assert.Empty(Kids(before).Intersect(Kids(after)));
        Assert.Equal("200", await world.Admission(before.Access));
        Assert.Equal("200", await world.Admission(after.Access));
    }

    [Fact]
    public async Task A_second_rotation_while_the_first_is_under_way_leaves_no_gap()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var seen = new List<HashSet<string>>();
        for (var i = 0; i < 4; i++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(4));
            if (i < 2) await Rotate(world, app.Pool.Id);
            var published = await Published(world, app.Pool.Id);
            world.Clock.Advance(SigningKey.PublishedAhead / 3);
            var kids = Kids(await app.SignedIn("ana"));
            Assert.Superset(kids, published);
            seen.Add(kids);
        }

        Assert.Equal(3, seen.Distinct(HashSet<string>.CreateSetComparer()).Count());
    }

    [Fact]
    public async Task Rotation_of_one_pool_leaves_others_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var other = await TestPool.Create(world);
        await app.Pool.ConfirmedUser("ana");
        var before = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await Rotate(world, other.Id);

        Assert.Equal(Kid(before.Access), Kid((await app.SignedIn("ana")).Access));
    }

    private static async Task Rotate(World world, string poolId, bool atOnce = false)
    {
        var (random, now) = (world.Get<RandomSource>(), world.Clock.GetUtcNow());
        SigningKey[] keys =
        [
            SigningKey.New(poolId, TokenUse.Id, random, now),
            SigningKey.New(poolId, TokenUse.Access, random, now),
        ];
        await world.Database.Write(
            async transaction =>
            {
                var pools = world.Get<PoolStore>();
                var end = atOnce ? now : now + SigningKey.PublishedAhead;
                await pools.RetireSigningKeys(transaction, poolId, now, end, CancellationToken.None);
                await pools.AddSigningKeys(transaction, keys, CancellationToken.None);
            },
            CancellationToken.None);
    }

    private static Task<int> Sweep(World world) =>
        world.Get<PoolStore>().SweepSigningKeys(world.Clock.GetUtcNow(), 10, CancellationToken.None);

    private static async Task<HashSet<string>> Published(World world, string poolId)
    {
        var keys = await world.Get<TokenKeys>()
            .Published(poolId, world.Clock.GetUtcNow(), CancellationToken.None);
        return [.. keys.Select(key => key.KeyId)];
    }

    private static HashSet<string> Kids(TestTokens tokens) => [Kid(tokens.Id), Kid(tokens.Access)];

    private static string Kid(string token) => TestTokens.Part(token, 0)["kid"]!.GetValue<string>();
}
