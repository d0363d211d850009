using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Storage.Tests;

public sealed class PoolStoreTests
{
    [Theory, EachDatabase]
    public async Task A_pool_comes_back_as_it_was_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());

        var found = await stores.Pools.Get(pool.Id, Stores.Cancellation);

        Assert.Equal(pool.Settings.AliasAttributes, found.Settings.AliasAttributes);
        Assert.Equal(pool.CreatedAt, found.CreatedAt);
        Assert.Equal("plain", found.Name);
        Assert.Equal(1, await stores.Pools.Count(Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Factors_come_back_as_they_were_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var factors = new PoolFactors
        {
            SoftwareToken = new() { Enabled = true },
            Email = new() { Subject = "Your code 😀", Message = "<b>{####}</b>" },
            WebAuthn = new() { RelyingPartyId = "example.com", UserVerification = "required" },
        };
        var plain = await stores.Add(Sample.Pool());
        var pool = await stores.Add(Sample.AliasPool() with { Factors = factors });

        Assert.Equal(PoolFactors.None, (await stores.Pools.Get(plain.Id, Stores.Cancellation)).Factors);
        Assert.Equal(factors, (await stores.Pools.Get(pool.Id, Stores.Cancellation)).Factors);
        var less = factors with { WebAuthn = null, Email = new() };
        var changed = pool with { Factors = less };
        await stores.Write(
            transaction => stores.Pools.Update(transaction, changed, Stores.Cancellation));
        Assert.Equal(less, (await stores.Pools.Get(pool.Id, Stores.Cancellation)).Factors);
    }

    [Theory, EachDatabase]
    public async Task An_unknown_pool_is_refused_in_the_services_words(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        var refusal = await Assert.ThrowsAsync<ApiException>(
            () => stores.Pools.Get("eu-west-1_Nowhere01", Stores.Cancellation));

        Assert.Equal("ResourceNotFoundException", refusal.Code);
    }

    [Theory, EachDatabase]
    public async Task Of_two_updates_of_one_version_one_wins(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());

        var changed = await stores.Database.Write(
            transaction => stores.Pools.Update(transaction, Renamed(pool, "first"), Stores.Cancellation),
            Stores.Cancellation);
        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Pools.Update(transaction, Renamed(pool, "second"), Stores.Cancellation)));

        Assert.Equal(pool.Version + 1, changed.Version);
        var found = await stores.Pools.Get(pool.Id, Stores.Cancellation);
        Assert.Equal(("first", changed.Version), (found.Name, found.Version));
    }

    // Not on PostgreSQL, where the node's own notices empty its cache at their own time.
    [Theory]
    [InlineData(DatabaseKind.Memory)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task A_change_is_seen_at_once_on_its_node_and_later_on_others(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        await stores.Pools.Get(pool.Id, Stores.Cancellation);

        // A change that this node is not told of, as one by another node before its notice arrives.
        await stores.Write(transaction => transaction
            .Sql("UPDATE user_pool SET version = 7").Execute(Stores.Cancellation));

        Assert.Equal(0, (await stores.Pools.Get(pool.Id, Stores.Cancellation)).Version);
        stores.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(7, (await stores.Pools.Get(pool.Id, Stores.Cancellation)).Version);
    }

    [Fact]
    public async Task Other_nodes_are_told_of_changes()
    {
        Assert.SkipWhen(Stores.Postgres is null, "LIFEGUARD_TEST_POSTGRES is not set");
        await using var stores = await Stores.Open(DatabaseKind.Postgres);
        var pool = await stores.Add(Sample.Pool());
        await using var other = Database.Open(stores.Setting, stores.Clock, pauses: TimeProvider.System);
        var heard = new TaskCompletionSource();
        other.Changes.Subscribe("pool", id =>
        {
            if (id == pool.Id) heard.TrySetResult();
        });

        // Notices sent before the other node has begun to listen are lost, so they are repeated.
        while (!heard.Task.IsCompleted)
        {
            pool = await stores.Database.Write(
                transaction => stores.Pools.Update(transaction, pool, Stores.Cancellation),
                Stores.Cancellation);
        }

        await heard.Task;
    }

    [Theory, EachDatabase]
    public async Task Who_loses_a_race_to_another_node_reads_what_won(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await stores.Add(Sample.Pool());
        var stale = await stores.Pools.Get(Sample.Pool().Id, Stores.Cancellation);
        // As another node does whose message has not come yet.
        await stores.Write(transaction => transaction
            .Sql("UPDATE user_pool SET version = version + 1").Execute(Stores.Cancellation));

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Pools.Update(transaction, stale, Stores.Cancellation)));

        var fresh = await stores.Pools.Get(stale.Id, Stores.Cancellation);
        Assert.Equal(stale.Version + 1, fresh.Version);
        await stores.Write(transaction => stores.Pools.Update(transaction, fresh, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Pools_are_listed_by_id_without_the_deleted(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        foreach (var id in (string[])["r_c", "r_A", "r_b", "r_d"]) await stores.Add(Sample.Pool(id));
        var gone = await stores.Pools.Get("r_b", Stores.Cancellation);
        await stores.Write(
            transaction => stores.Pools.Delete(transaction, gone, stores.Now, Stores.Cancellation));

        var first = await stores.Pools.List(null, 2, Stores.Cancellation);
        var second = await stores.Pools.List(first[^1].Id, 2, Stores.Cancellation);

        Assert.Equal(["r_A", "r_c"], first.Select(pool => pool.Id));
        Assert.Equal(["r_d"], second.Select(pool => pool.Id));
        Assert.Equal(3, await stores.Pools.Count(Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task A_deleted_pool_is_gone_at_once_and_purged_in_steps(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var kept = await stores.Add(Sample.Pool());
        for (var i = 0; i < 5; i++)
        {
            var email = $"u{i}@example.com";
            await stores.Add(pool, Sample.User(pool, $"u{i}", ("email", email), ("email_verified", "true")));
        }

        await stores.Add(kept, Sample.User(kept, "stays"));
        await stores.Write(
            transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stores.Cancellation));
        Assert.Null(await stores.Pools.Find(pool.Id, Stores.Cancellation));
        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stores.Cancellation)));

        var steps = 0;
        while (await stores.Pools.PurgeSome(2, Stores.Cancellation)) steps++;

        // The address and the name of each are aliases: ten rows, two at a time, and a look that finds none.
        Assert.Equal(6, steps);
        foreach (var (table, _) in Tables.OfPools)
            Assert.Equal(table == "users" ? 1 : 0, await Count(stores, table));
        Assert.Equal(1, await Count(stores, "user_pool"));
    }

    [Theory, EachDatabase]
    public async Task Signing_keys_come_back_and_the_earlier_ones_retire(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = Sample.Pool();
        var old = Key(pool, "old", TokenUse.Access, Sample.Then);
        await stores.Write(transaction => stores.Pools.Insert(transaction, pool, [old], Stores.Cancellation));
        Assert.Single(await stores.Pools.SigningKeys(pool.Id, Stores.Cancellation));

        await stores.Write(async transaction =>
        {
            await stores.Pools.RetireSigningKeys(
                transaction, pool.Id, stores.Now, stores.Now, Stores.Cancellation);
            await stores.Pools.AddSigningKeys(
                transaction, [Key(pool, "new", TokenUse.Id, stores.Now)], Stores.Cancellation);
        });

        var keys = await stores.Pools.SigningKeys(pool.Id, Stores.Cancellation);
        Assert.Equal(["old", "new"], keys.Select(key => key.KeyId));
        Assert.Equal([stores.Now, null], keys.Select(key => key.RetiredAt));
        Assert.Equal([TokenUse.Access, TokenUse.Id], keys.Select(key => key.Use));
        Assert.Equal(old.PrivateKey, keys[0].PrivateKey);
    }

    [Theory, EachDatabase]
    public async Task A_later_retirement_prolongs_no_key_and_what_is_long_retired_is_swept(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = Sample.Pool();
        SigningKey[] keys =
        [
            Key(pool, "first", TokenUse.Id, Sample.Then), Key(pool, "second", TokenUse.Id, stores.Now),
        ];
        await stores.Write(transaction => stores.Pools.Insert(transaction, pool, keys, Stores.Cancellation));
        await Retire(stores.Now, stores.Now);
        await Retire(stores.Now.AddDays(1), stores.Now.AddDays(2));

        var left = stores.Now + SigningKey.KeptAfter;
        Assert.Equal(0, await Sweep(left.AddMilliseconds(-1)));
        Assert.Equal(1, await Sweep(left));
        Assert.Equal(1, await Sweep(left.AddDays(2)));
        Assert.Equal(0, await Sweep(left.AddDays(2)));

        Task Retire(DateTimeOffset createdBefore, DateTimeOffset at) => stores.Write(
            transaction => stores.Pools.RetireSigningKeys(
                transaction, pool.Id, createdBefore, at, Stores.Cancellation));
        Task<int> Sweep(DateTimeOffset now) => stores.Pools.SweepSigningKeys(now, 5, Stores.Cancellation);
    }

    [Theory, EachDatabase]
    public async Task What_is_set_about_sessions_comes_back(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = Sample.Pool();
        await stores.Write(transaction => stores.Pools.Insert(transaction, pool, [], Stores.Cancellation));
        Assert.Equal(SessionTracking.Off, (await Stored()).Sessions);

        foreach (var set in (SessionTracking[])[new(true, 20), new(false, 7), SessionTracking.Off])
        {
            var changed = await Stored() with { Sessions = set };
            await stores.Write(
                transaction => stores.Pools.Update(transaction, changed, Stores.Cancellation));
            Assert.Equal(set, (await Stored()).Sessions);
        }

        Task<UserPool> Stored() => stores.Pools.Get(pool.Id, Stores.Cancellation);
    }

    private static SigningKey Key(UserPool pool, string id, TokenUse use, DateTimeOffset created) => new()
    {
        PoolId = pool.Id,
        KeyId = id,
        Use = use,
        PrivateKey = [1, 2, 3],
        CreatedAt = created,
    };

    private static UserPool Renamed(UserPool pool, string name) =>
        pool with { Settings = pool.Settings with { Name = name } };

    private static Task<long?> Count(Stores stores, string table) =>
        stores.Database.Sql($"SELECT COUNT(*) FROM {table}").Number(Stores.Cancellation);

    [Theory, EachDatabase]
    public async Task Who_is_told_of_a_conflict_reads_what_another_node_wrote(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var kept = await stores.Pools.Get(pool.Id, Stores.Cancellation);
        await stores.Write(transaction => transaction
            .Sql("UPDATE user_pool SET version = version + 1").Execute(Stores.Cancellation));

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(
            transaction => stores.Pools.Update(transaction, kept, Stores.Cancellation)));

        var read = await stores.Pools.Get(pool.Id, Stores.Cancellation);
        Assert.Equal(kept.Version + 1, read.Version);
        await stores.Write(transaction => stores.Pools.Update(transaction, read, Stores.Cancellation));
    }
}
