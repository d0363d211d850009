using Lifeguard.Domain;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage.Tests.Transfer;

/// <summary>Imports that end half-way.</summary>
public sealed class InterruptedTests
{
    [Theory, EachDatabase]
    public async Task An_import_goes_on_where_it_was(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool(users: 1500);
        var file = await source.File(pool.Id);
        var parts = new List<long>();

        // Killed after the first part, then after the second, and so on.
        var imported = await Again(target, file, parts);

        Assert.Equal(Enumerable.Range(1, parts.Count).Select(part => (long)part), parts);
        Assert.InRange(parts.Count, 4, 100);
        Assert.True(imported.WasContinued);
        Assert.Equal(await source.Rows(pool.Id), await target.Rows(pool.Id));
        Assert.Empty(await target.Imports.List(Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task The_pool_exists_only_when_all_of_it_is_there(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool(users: 1500);
        var file = await source.File(pool.Id);
        var stores = target.Stores;

        await Assert.ThrowsAsync<TimeoutException>(() => target.Take(file, Stop));

        Assert.Null(await stores.Pools.Find(pool.Id, Stores.Cancellation));
        Assert.Empty(await stores.Pools.List(null, 10, Stores.Cancellation));
        Assert.Equal(0, await stores.Pools.Count(Stores.Cancellation));
        Assert.Null(await stores.Clients.Find(Moving.ClientId(pool.Id), Stores.Cancellation));
        Assert.NotEqual(0, await target.RowCount(pool.Id));
        var unfinished = Assert.Single(await target.Imports.List(Stores.Cancellation));
        Assert.Equal((pool.Id, 1), (unfinished.PoolId, unfinished.Parts));

        await target.Take(file);
        Assert.NotNull(await stores.Pools.Find(pool.Id, Stores.Cancellation));
        Assert.NotNull(await stores.Clients.Find(Moving.ClientId(pool.Id), Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Another_file_of_the_pool_is_refused_until_the_first_is_discarded(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool(users: 1500);
        var (file, other) = (await source.File(pool.Id), await source.File(pool.Id));
        await target.FullPool(users: 5, id: "eu-west-1_Other0001");
        var neighbours = await target.Rows("eu-west-1_Other0001");
        await Assert.ThrowsAsync<TimeoutException>(() => target.Take(file, Stop));

        await RoundTripTests.MustRefuse(
            target,
            other,
            $"Pool {pool.Id} is being brought in from another source; take that out with --discard.");
        Assert.True(await target.Arrival.Discard(pool.Id, target.Stores.Now, Stores.Cancellation));
        Assert.Equal(0, await target.RowCount(pool.Id));
        Assert.Equal(neighbours, await target.Rows("eu-west-1_Other0001"));
        await target.Take(other);

        Assert.Equal(await source.Rows(pool.Id), await target.Rows(pool.Id));
    }

    [Theory, EachDatabase]
    public async Task Nothing_complete_is_discarded(DatabaseKind kind)
    {
        await using var target = await Moving.Open(kind);
        var pool = await target.FullPool();
        var before = await target.RowCount(pool.Id);

        Assert.False(await target.Arrival.Discard(pool.Id, target.Stores.Now, Stores.Cancellation));

        Assert.Equal(before, await target.RowCount(pool.Id));
    }

    [Theory, EachDatabase]
    public async Task What_is_being_discarded_cannot_be_gone_on_with(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool(users: 1500);
        var file = await source.File(pool.Id);

        // Somebody discards it while it is under way.
        var refusal = await Assert.ThrowsAsync<TransferException>(() => target.Take(file, (_, _) =>
            target.Stores.Write(transaction => target.Imports.Abandon(
                transaction, pool.Id, target.Stores.Now, Stores.Cancellation)).GetAwaiter().GetResult()));

        Assert.Equal(
            $"Pool {pool.Id} is being brought in, or taken out again, by somebody else as well.",
            refusal.Message);
        await RoundTripTests.MustRefuse(
            target,
            file,
            $"What was brought in of pool {pool.Id} is being discarded; finish that with --discard.");
        await target.Arrival.Discard(pool.Id, target.Stores.Now, Stores.Cancellation);
        Assert.Equal(0, await target.RowCount(pool.Id));
    }

    [Theory, EachDatabase]
    public async Task Two_who_import_the_same_file_at_once_do_not_spoil_it(DatabaseKind kind)
    {
        await using var source = await Moving.Open(DatabaseKind.Memory);
        await using var target = await Moving.Open(kind);
        var pool = await source.FullPool(users: 1500);
        var file = await source.File(pool.Id);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Try(target, file))));

        // Whoever comes second to a part gives up; the last of them, at the latest, can go on alone.
        if (outcomes.All(outcome => outcome is not null)) await target.Take(file);
        Assert.All(outcomes.OfType<Exception>(), outcome => Assert.IsType<TransferException>(outcome));
        Assert.Equal(await source.Rows(pool.Id), await target.Rows(pool.Id));
    }

    [Theory, EachDatabase]
    public async Task A_clone_that_was_interrupted_can_be_discarded(DatabaseKind kind)
    {
        await using var deployment = await Moving.Open(kind);
        var pool = await deployment.FullPool(users: 700);
        var before = await deployment.Rows(pool.Id);
        var order = new PoolCloneOrder(pool.Id, "eu-west-1_Clone0001", "copy", WithUsers: true)
        {
            Report = (table, _) =>
            {
                if (table == "users") throw new TimeoutException();
            },
        };

        await Assert.ThrowsAsync<TimeoutException>(() => deployment.Clone.Run(order, Stores.Cancellation));

        var unfinished = Assert.Single(await deployment.Imports.List(Stores.Cancellation));
        Assert.Equal((order.NewPoolId, $"clone of {pool.Id}"), (unfinished.PoolId, unfinished.Source));
        Assert.Null(await deployment.Stores.Pools.Find(order.NewPoolId, Stores.Cancellation));
        await deployment.Arrival.Discard(order.NewPoolId, deployment.Stores.Now, Stores.Cancellation);
        Assert.Equal(0, await deployment.RowCount(order.NewPoolId));
        Assert.Equal(before, await deployment.Rows(pool.Id));
    }

    private static async Task<ImportedPool> Again(Moving target, byte[] file, List<long> parts)
    {
        while (true)
        {
            try
            {
                // A part that was there before is passed over, so each call goes one part further.
                var known = parts.Count;
                var seen = 0;
                return await target.Take(file, (done, total) =>
                {
                    if (++seen > known && done < total) throw new TimeoutException();
                });
            }
            catch (TimeoutException)
            {
                parts.Add((await target.Imports.List(Stores.Cancellation)).Single().Parts);
            }
        }
    }

    private static async Task<Exception?> Try(Moving target, byte[] file)
    {
        try
        {
            await target.Take(file);
            return null;
        }
        catch (TransferException refused)
        {
            return refused;
        }
    }

    private static void Stop(long done, long total) => throw new TimeoutException();
}
