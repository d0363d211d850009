using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage.Tests.Transfer;

/// <summary>From each database to each.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<DatabaseKind, DatabaseKind> Ways()
    {
        var ways = new TheoryData<DatabaseKind, DatabaseKind>();
        foreach (var from in Enum.GetValues<DatabaseKind>())
        {
            foreach (var to in Enum.GetValues<DatabaseKind>()) ways.Add(from, to);
        }

        return ways;
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_pool_arrives_row_by_row_as_it_left(DatabaseKind from, DatabaseKind to)
    {
        MustBeThere(from, to);
        await using var source = await Moving.Open(from);
        await using var target = await Moving.Open(to);
        var pool = await source.FullPool(users: 700);
        await target.FullPool(users: 3, id: "eu-west-1_Other0001");

        var imported = await target.Take(await source.File(pool.Id));

        Assert.Equal((pool.Id, false), (imported.PoolId, imported.WasContinued));
        Assert.Equal(await source.Rows(pool.Id), await target.Rows(pool.Id));
        Assert.Equal((700, 2), (imported.Contents.Of("users"), imported.Contents.Of("app_client")));
        Assert.Equal("https://id.example.com", imported.Contents.Issuer);
        Assert.Empty(await target.Imports.List(Stores.Cancellation));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task The_stores_read_what_arrived(DatabaseKind from, DatabaseKind to)
    {
        MustBeThere(from, to);
        await using var source = await Moving.Open(from);
        await using var target = await Moving.Open(to);
        var pool = await source.FullPool();

        await target.Take(await source.File(pool.Id));

        var stores = target.Stores;
        var found = await stores.Pools.Get(pool.Id, Stores.Cancellation);
        Assert.Equal(pool.Settings.AliasAttributes, found.Settings.AliasAttributes);
        var user = await stores.Users.FindByAlias(
            pool.Id, "email", "u000002@example.com", Stores.Cancellation);
        Assert.Equal(("$hash$000002", "$old$000002"), (user!.Password!.Hash, user.PasswordHistory.Single()));
        var client = await stores.Clients.Get(pool.Id, Moving.ClientId(pool.Id), Stores.Cancellation);
        Assert.Equal("secret one", client.Secrets.Single().Value);
        Assert.Equal(
            ["kid of Access", "kid of Id"],
            (await stores.Pools.SigningKeys(pool.Id, Stores.Cancellation)).Select(key => key.KeyId));
        Assert.Equal(
            "staff", (await stores.Groups.OfUser(pool.Id, "sub", Stores.Cancellation)).Single().Name);
        Assert.Equal(
            "us-west-2", (await stores.Replicas.Of(pool.Id, Stores.Cancellation)).Single().Region);
        var device = await stores.Devices.Find(
            pool.Id, "sub", Sample.Device(pool).Key, Stores.Cancellation);
        Assert.Equal([4, 5, 6], device!.Secret!.Verifier);
        Assert.True(await stores.Revocations.IsRevoked(pool.Id, "origin1", Stores.Cancellation));
        var holder = await stores.Users.FindHolder(
            pool.Id, user!.Sub, "origin1", "refresh/1", Stores.Cancellation);
        Assert.True(holder!.IsRevoked);
        Assert.Equal(Sample.Then, holder.ReplacedAt);
        Assert.NotNull(await stores.Sessions.Find(pool.Id, "sub", "tkn1", Sample.Then, Stores.Cancellation));
        Assert.Equal(
            ["moons/read"],
            (await stores.ResourceServers.Of(pool.Id, Stores.Cancellation)).Single().FullScopes);
        var provider = await stores.IdentityProviders.FindByIdentifier(
            pool.Id, "of Corp", Stores.Cancellation);
        Assert.Equal(("Corp", "provider secret"), (provider!.Name, provider.Details["client_secret"]));
        var identity = await stores.UserIdentities.Find(
            provider, LinkRules.Subject, "person", Stores.Cancellation);
        Assert.Equal("sub", identity!.Sub);
        Assert.NotEmpty((await stores.SamlCertificates.Newest(
            pool.Id, CertificatePurpose.Signing, Stores.Cancellation))!.PrivateKey);
        Assert.Equal(1, (await stores.Failures.Find(pool.Id, "sub", Stores.Cancellation))!.Count);
        Assert.False(await stores.Database.Write(
            transaction => stores.Spent.TrySpend(
                transaction, pool.Id, "spent1", Sample.Then, Stores.Cancellation),
            Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Codes_and_messages_stay_where_they_are(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool();

        await target.Take(await source.File(pool.Id));

        Assert.NotNull(await source.Stores.Codes.Find(pool.Id, "sub", CodeKind.Reset, Stores.Cancellation));
        Assert.Null(await target.Stores.Codes.Find(pool.Id, "sub", CodeKind.Reset, Stores.Cancellation));
        Assert.Equal(
            0, await target.Stores.Database.Sql("SELECT COUNT(*) FROM outbox").Number(Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task The_keys_of_the_pool_come_along_over_several_moves(DatabaseKind kind)
    {
        await using var first = await Moving.Open(DatabaseKind.Memory);
        await using var second = await Moving.Open(kind);
        await using var third = await Moving.Open(kind);
        var pool = await first.FullPool();
        var other = first.Keys.Active("eu-west-1_Other0001");

        await second.Take(await first.File(pool.Id));
        await third.Take(await second.File(pool.Id));

        foreach (var origin in (Moving[])[first, second])
        {
            foreach (var dataKey in origin.Stores.Ring.All)
            {
                var key = PoolKey.Derive(dataKey, pool.Id).Key;
                Assert.Contains(key, await third.Keys.Brought(pool.Id, dataKey.Id, Stores.Cancellation));
                Assert.DoesNotContain(key, third.Keys.Own(pool.Id, dataKey.Id));
            }
        }

        // Neither data keys nor the keys of other pools.
        var brought = new List<byte[]>();
        foreach (var id in (string[])["1", "2", PoolKey.StandInId])
            brought.AddRange(await third.Keys.Brought(pool.Id, id, Stores.Cancellation));
        Assert.Equal(5, brought.Count);
        Assert.DoesNotContain(other.Key, brought);
        Assert.DoesNotContain(first.Stores.Ring.Active.Key, brought);
    }

    [Theory, EachDatabase]
    public async Task Names_that_nobody_has_look_the_same_after_a_move(DatabaseKind kind)
    {
        await using var first = await Moving.Open(DatabaseKind.Memory);
        await using var second = await Moving.Open(kind);
        await using var third = await Moving.Open(DatabaseKind.Memory);
        var pool = await first.FullPool();
        var before = first.Stores.Sealer.Pseudonym("srp-salt", pool, "nobody");

        await second.Take(await first.File(pool.Id));
        await third.Take(await second.File(pool.Id));

        foreach (var target in (Moving[])[second, third])
        {
            var moved = await target.Stores.Pools.Get(pool.Id, Stores.Cancellation);
            var listed = await target.Stores.Pools.List(null, 10, Stores.Cancellation);
            Assert.Equal(before, target.Stores.Sealer.Pseudonym("srp-salt", moved, "nobody"));
            Assert.Equal(before, target.Stores.Sealer.Pseudonym("srp-salt", listed.Single(), "nobody"));
            Assert.NotEqual(before, target.Stores.Sealer.Pseudonym("srp-salt", pool, "nobody"));
        }
    }

    [Theory, EachDatabase]
    public async Task A_pool_comes_home_once_its_old_self_is_gone(DatabaseKind kind)
    {
        await using var source = await Moving.Open(kind);
        var pool = await source.FullPool();
        var before = await source.Rows(pool.Id);
        var file = await source.File(pool.Id);
        await MustRefuse(source, file, $"Pool {pool.Id} exists here already.");

        var stores = source.Stores;
        await stores.Write(
            transaction => stores.Pools.Delete(transaction, pool, stores.Now, Stores.Cancellation));
        await MustRefuse(
            source,
            file,
            $"Pool {pool.Id} has been deleted here and is still being removed; try again in some minutes.");
        while (await stores.Pools.PurgeSome(100, Stores.Cancellation))
            Stores.Cancellation.ThrowIfCancellationRequested();
        await source.Take(file);

        Assert.Equal(before, await source.Rows(pool.Id));
    }

    [Theory, EachDatabase]
    public async Task Rows_that_a_pool_of_that_id_has_left_behind_are_not_in_the_way(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool();
        await target.Stores.Write(transaction => target.Stores.Spent.TrySpend(
            transaction, pool.Id, "spent1", Sample.Then, Stores.Cancellation));

        await target.Take(await source.File(pool.Id));

        Assert.Equal(await source.Rows(pool.Id), await target.Rows(pool.Id));
    }

    [Theory, EachDatabase]
    public async Task An_app_client_of_another_pool_is_not_taken_over(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool();
        await target.FullPool(users: 0, id: "eu-west-1_Other0001");
        var file = await source.File(pool.Id);
        await target.Stores.Write(transaction => transaction
            .Sql("UPDATE app_client SET client_id = @to WHERE client_id = @from")
            .With("from", Moving.ClientId("eu-west-1_Other0001"))
            .With("to", Moving.ClientId(pool.Id))
            .Execute(Stores.Cancellation));

        var refusal = await Assert.ThrowsAsync<TransferException>(() => target.Take(file));

        Assert.StartsWith(
            $"Something of pool {pool.Id} belongs to another pool here",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "\"app of client of eu-west-1_Other0001\"",
            await target.Stores.Database
                .Sql("SELECT settings FROM app_client WHERE client_id = @client_id")
                .With("client_id", Moving.ClientId(pool.Id))
                .First(row => row.Text(0).Split(':')[1].Trim('}'), Stores.Cancellation));
    }

    [Fact]
    public async Task A_pool_that_is_not_there_is_refused_in_the_services_words()
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => source.File("eu-west-1_Nowhere01"));

        Assert.Equal("ResourceNotFoundException", refusal.Code);
    }

    internal static async Task MustRefuse(Moving target, byte[] file, string words)
    {
        var refusal = await Assert.ThrowsAsync<TransferException>(() => target.Take(file));
        Assert.Equal(words, refusal.Message);
    }

    private static void MustBeThere(params DatabaseKind[] kinds) => Assert.SkipWhen(
        kinds.Contains(DatabaseKind.Postgres) && Stores.Postgres is null,
        "LIFEGUARD_TEST_POSTGRES is not set");
}
