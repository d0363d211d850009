using System.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;
using Lifeguard.Protocol.Transfer;
using Lifeguard.Storage;
using Lifeguard.Storage.Transfer;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

/// <summary>What users and apps of a pool notice of its move to another deployment: nothing.</summary>
public sealed class PoolTransferTests
{
    private const string Passphrase = "correct horse battery staple";
    private const string Revoked = "NotAuthorizedException: Refresh Token has been revoked";

    [Theory, EachDatabase]
    public async Task Passwords_SRP_and_tokens_go_on_working(DatabaseKind kind)
    {
        await using var before = await World.Start(DatabaseKind.Memory);
        await using var after = await World.Start(kind, seed: 2);
        var pool = await TestPool.Create(before, null, new { GenerateSecret = true });
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com");
        var tokens = await new TestApp(before, pool).SignedIn("ana");

        var app = new TestApp(after, await Move(before, after, pool));

        var claims = TestTokens.Of(await app.Password("ana")).AccessClaims;
        Assert.Equal(ana.Sub, claims["sub"]!.GetValue<string>());
        Assert.Equal("tokens", TestApp.Outcome(await app.Srp("ana")));
        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            TestApp.Outcome(await app.Srp("ana", "Wrong-1234!")));
        Assert.True((await after.Call("GetUser", new { AccessToken = tokens.Access })).IsSuccess);
        Assert.True(await TestTokens.IsSigned(after, pool.Id, tokens.Id));
        var refreshed = TestTokens.Of(await app.Refresh(tokens.Refresh!, hashOver: "ana"));
        foreach (var same in (string[])["sub", "iss", "auth_time", "origin_jti", "event_id"])
        {
            Assert.Equal(
                tokens.AccessClaims[same]!.ToJsonString(), refreshed.AccessClaims[same]!.ToJsonString());
        }
    }

    [Theory, EachDatabase]
    public async Task What_was_revoked_stays_revoked(DatabaseKind kind)
    {
        await using var before = await World.Start(DatabaseKind.Memory);
        await using var after = await World.Start(kind, seed: 2);
        var pool = await TestPool.Create(before);
        var app = new TestApp(before, pool);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        var (revoked, good, disabled) =
            (await app.SignedIn("ana"), await app.SignedIn("ana"), await app.SignedIn("bob"));
        before.Clock.Advance(TimeSpan.FromSeconds(1));
        after.Clock.Advance(TimeSpan.FromSeconds(1));
        await before.Database.Write(
            transaction => before.Get<RevocationStore>().Add(
                transaction,
                pool.Id,
                revoked.AccessClaims["origin_jti"]!.GetValue<string>(),
                before.Clock.GetUtcNow().AddDays(30),
                CancellationToken.None),
            CancellationToken.None);
        foreach (var operation in (string[])["AdminDisableUser", "AdminEnableUser"])
            await before.Must(operation, new { UserPoolId = pool.Id, Username = "bob" });

        app = new TestApp(after, await Move(before, after, pool));

        Assert.Equal(Revoked, TestApp.Outcome(await app.Refresh(revoked.Refresh!)));
        Assert.Equal(Revoked, TestApp.Outcome(await app.Refresh(disabled.Refresh!)));
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(good.Refresh!)));
        foreach (var ended in (TestTokens[])[revoked, disabled])
        {
            Assert.Equal(
                "NotAuthorizedException: Access Token has been revoked",
                (await after.Call("GetUser", new { AccessToken = ended.Access })).ToString());
        }
    }

    [Theory, EachDatabase]
    public async Task A_lock_holds_across_the_move(DatabaseKind kind)
    {
        await using var before = await World.Start(DatabaseKind.Memory);
        await using var after = await World.Start(kind, seed: 2);
        var pool = await TestPool.Create(before);
        await pool.ConfirmedUser("ana");
        for (var i = 0; i < 5; i++) await pool.SignIn("ana", "Wrong-1234!");

        var moved = await Move(before, after, pool);

        Assert.Equal(
            "NotAuthorizedException: Password attempts exceeded", (await moved.SignIn("ana")).ToString());
    }

    [Theory, EachDatabase]
    public async Task The_move_does_not_tell_who_is_unknown(DatabaseKind kind)
    {
        await using var before = await World.Start(DatabaseKind.Memory);
        await using var after = await World.Start(kind, seed: 2);
        var pool = await TestPool.Create(before, null, new { PreventUserExistenceErrors = "ENABLED" });
        await pool.ConfirmedUser("ana");
        var salts = new List<string>();
        foreach (var name in (string[])["ana", "nobody"]) salts.Add(await Salt(before, pool, name));

        var moved = await Move(before, after, pool);

        Assert.Equal(salts, [await Salt(after, moved, "ana"), await Salt(after, moved, "nobody")]);
    }

    [Fact]
    public async Task Tokens_from_before_pools_had_keys_of_their_own_still_refresh()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        var client = await world.Get<ClientStore>().Find(app.Pool.ClientId, CancellationToken.None);
        var opened = await world.Get<RefreshTokens>().Open(tokens.Refresh!, client!, CancellationToken.None);

        var old = SealedByDataKey(world, app.Pool, opened!);

        Assert.NotEqual(old, tokens.Refresh);
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(old)));
    }

    [Fact]
    public async Task The_key_of_one_pool_opens_nothing_of_another()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        var other = await TestPool.Create(world);
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        var keys = world.Get<PoolKeyStore>();

        Assert.True(JweCompact.TryOpen(tokens.Refresh, _ => keys.Active(app.Pool.Id).Key, out _));
        Assert.False(JweCompact.TryOpen(tokens.Refresh, _ => keys.Active(other.Id).Key, out _));
        Assert.False(JweCompact.TryOpen(tokens.Refresh, id => world.Get<KeyRing>().Find(id)?.Key, out _));
    }

    [Theory, EachDatabase]
    public async Task Users_of_a_clone_prove_by_SRP_what_they_have_once_sent(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.InvitedUser("ben");
        var tokens = await new TestApp(world, pool).SignedIn("ana");

        var clone = new TestApp(world, await Clone(world, pool));

        const string wrong = "NotAuthorizedException: Incorrect username or password.";
        Assert.Equal(wrong, TestApp.Outcome(await clone.Srp("ana")));
        Assert.Equal(wrong, TestApp.Outcome(await clone.Password("ana", "Wrong-1234!")));
        Assert.Equal("NotAuthorizedException: Invalid Refresh Token.",
            TestApp.Outcome(await clone.Refresh(tokens.Refresh!)));
        Assert.Equal("tokens", TestApp.Outcome(await clone.Password("ana")));
        Assert.Equal("tokens", TestApp.Outcome(await clone.Srp("ana")));
        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(await clone.Password("ben")));
        Assert.Equal("NEW_PASSWORD_REQUIRED", TestApp.Outcome(await clone.Srp("ben")));
        Assert.Equal("tokens", TestApp.Outcome(await new TestApp(world, pool).Srp("ana")));
    }

    [Fact]
    public async Task A_verifier_is_made_once_and_changes_nothing_else()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var ana = await pool.ConfirmedUser("ana");
        var clone = await Clone(world, pool);
        var users = world.Get<UserStore>();
        world.Clock.Advance(TimeSpan.FromHours(1));
        var before = await users.FindBySub(clone.Id, ana.Sub, CancellationToken.None);

        await clone.SignIn("ana");
        var after = await users.FindBySub(clone.Id, ana.Sub, CancellationToken.None);
        await clone.SignIn("ana");

        Assert.Equal(before!.Version + 1, after!.Version);
        Assert.Equal(
            (before.Password!.SetAt, before.ModifiedAt, before.Password.IsTemporary),
            (after.Password!.SetAt, after.ModifiedAt, after.Password.IsTemporary));
        var later = await users.FindBySub(clone.Id, ana.Sub, CancellationToken.None);
        Assert.Equal(after.Version, later!.Version);
    }

    /// <summary>The same pool in another world.</summary>
    private static async Task<TestPool> Move(World from, World to, TestPool pool)
    {
        var file = new MemoryStream();
        var export = new PoolExport(
            from.Database, from.Get<Sealer>(), from.Get<KeyRing>(), from.Get<RandomSource>());
        await export.ToPassphrase(
            new(pool.Id, null, from.Clock.GetUtcNow()) { Cost = new(8, 1) },
            Passphrase,
            file,
            CancellationToken.None);
        file.Position = 0;
        var (head, line) = await PoolFileReader.ReadHead(file, CancellationToken.None);
        var keys = FileKeys.From(Passphrase, (FileLock.Passphrase)head.Lock, head.FileId);
        using var opened = await PoolFileReader.Open(file, head, line, keys, CancellationToken.None);
        await new PoolImport(to.Database, Arrival(to)).Run(opened, null, CancellationToken.None);
        return new(to, pool.Id, pool.ClientId, pool.ClientSecret);
    }

    private static async Task<TestPool> Clone(World world, TestPool pool)
    {
        const string id = "us-east-1_Cloned123";
        var clone = new PoolClone(
            world.Database, world.Get<Sealer>(), Arrival(world), world.Get<RandomSource>());
        await clone.Run(new(pool.Id, id, "copy", WithUsers: true), CancellationToken.None);
        var clients = await world.Get<ClientStore>().List(id, null, 10, CancellationToken.None);
        return new(world, id, clients.Single().Id);
    }

    private static PoolArrival Arrival(World world) =>
        new(world.Database, world.Get<Sealer>(), new PoolImportRows(world.Database));

    private static async Task<string> Salt(World world, TestPool pool, string name)
    {
        var challenge = await new TestApp(world, pool).StartSrp(name, new SrpClient().PublicHex);
        return challenge["ChallengeParameters"]!["SALT"]!.GetValue<string>();
    }

    /// <summary>The token as it was sealed at first: with the data key itself.</summary>
    private static string SealedByDataKey(World world, TestPool pool, RefreshToken token)
    {
        var key = world.Get<KeyRing>().Active;
        var payload = JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["kind"] = "refresh",
            ["pool"] = pool.Id,
            ["client"] = pool.ClientId,
            ["sub"] = token.Sub,
            ["event"] = token.Origin.EventId,
            ["origin"] = token.Origin.OriginJti,
            ["auth"] = token.Origin.SignedInAt.ToUnixTimeMilliseconds(),
            ["exp"] = token.ExpiresAt.ToUnixTimeMilliseconds(),
        });
        return JweCompact.Seal(
            key.Key, key.Id, new byte[JweCompact.IvLength], Encoding.UTF8.GetBytes(payload));
    }
}
