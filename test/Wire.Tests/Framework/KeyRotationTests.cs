using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

public sealed class KeyRotationTests
{
    [Theory, EachDatabase]
    public async Task New_tokens_use_the_new_keys_while_old_ones_still_hold(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var before = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await Rotate(world, app.Pool.Id);
        var after = await app.SignedIn("ana");
        var refreshed = TestTokens.Of(await app.Refresh(before.Refresh!));

        Assert.NotEqual(Kid(before.Id), Kid(after.Id));
        Assert.NotEqual(Kid(before.Access), Kid(after.Access));
        Assert.Equal((Kid(after.Id), Kid(after.Access)), (Kid(refreshed.Id), Kid(refreshed.Access)));
        foreach (var tokens in (TestTokens[])[before, after, refreshed])
        {
            Assert.True(await TestTokens.IsSigned(world, app.Pool.Id, tokens.Id));
            Assert.True(await TestTokens.IsSigned(world, app.Pool.Id, tokens.Access));
            Assert.True((await world.Call("GetUser", new { AccessToken = tokens.Access })).IsSuccess);
        }

        Assert.Equal(4, (await world.Get<TokenKeys>().All(app.Pool.Id, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Keys_added_before_the_old_ones_retire_sign_already()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var before = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await Add(world, app.Pool.Id);

        Assert.NotEqual(Kid(before.Access), Kid((await app.SignedIn("ana")).Access));
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

    private static async Task Rotate(World world, string poolId)
    {
        await Add(world, poolId);
        var now = world.Clock.GetUtcNow();
        await world.Database.Write(
            transaction => world.Get<PoolStore>().RetireSigningKeys(
                transaction, poolId, createdBefore: now, now, CancellationToken.None),
            CancellationToken.None);
    }

    private static Task Add(World world, string poolId)
    {
        var (random, now) = (world.Get<RandomSource>(), world.Clock.GetUtcNow());
        SigningKey[] keys =
        [
            SigningKey.New(poolId, TokenUse.Id, random, now),
            SigningKey.New(poolId, TokenUse.Access, random, now),
        ];
        return world.Database.Write(
            transaction => world.Get<PoolStore>().AddSigningKeys(transaction, keys, CancellationToken.None),
            CancellationToken.None);
    }

    private static string Kid(string token) => TestTokens.Part(token, 0)["kid"]!.GetValue<string>();
}
