using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Lifeguard.Storage.Tests;

public sealed class DatabaseTests
{
    private const string Put = "INSERT INTO spent (pool_id, id, expires_ms) VALUES ('p', @id, 0)";

    [Theory, EachDatabase]
    public async Task A_unit_that_throws_leaves_nothing_and_spares_the_others(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var units = Enumerable.Range(0, 90).Select(async number =>
        {
            try
            {
                await stores.Write(async transaction =>
                {
                    await Spend(transaction, $"{number:D2}-a");
                    if (number % 3 == 0) throw new TimeoutException();
                    await Spend(transaction, $"{number:D2}-b");
                });
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        });

        var committed = await Task.WhenAll(units);

        Assert.Equal(60, committed.Count(each => each));
        var expected = Enumerable.Range(0, 90).Where(number => number % 3 != 0)
            .SelectMany(number => (string[])[$"{number:D2}-a", $"{number:D2}-b"]);
        Assert.Equal(expected, await Ids(stores.Database));
    }

    [Fact]
    public async Task Units_that_wait_share_one_commit_and_fail_alone()
    {
        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        using var open = new ManualResetEventSlim();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // On a thread of its own, since whoever writes alone writes by itself.
        var first = Task.Run(() => stores.Write(transaction =>
        {
            started.SetResult();
            open.Wait(Stores.Cancellation);
            return Spend(transaction, "first");
        }), Stores.Cancellation);
        await started.Task;
        // All of these are in line before the writer takes its next group.
        var good = stores.Write(transaction => Spend(transaction, "good"));
        var bad = stores.Write(async transaction =>
        {
            await Spend(transaction, "bad");
            await Spend(transaction, "good");
        });
        var seenByNeighbour = stores.Database.Write(
            transaction => transaction.Sql("SELECT COUNT(*) FROM spent").Number(Stores.Cancellation),
            Stores.Cancellation);
        Assert.Empty(await Ids(stores.Database));
        open.Set();

        await Task.WhenAll(first, good);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => bad);
        Assert.Equal(2, await seenByNeighbour);
        Assert.Equal(["first", "good"], await Ids(stores.Database));
    }

    [Fact]
    public async Task Who_writes_alone_waits_for_no_other_thread()
    {
        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        var caller = Environment.CurrentManagedThreadId;
        var writer = 0;

        var written = stores.Write(transaction =>
        {
            writer = Environment.CurrentManagedThreadId;
            return Spend(transaction, "kept");
        });

        Assert.True(written.IsCompletedSuccessfully);
        Assert.Equal(caller, writer);
        await written;
    }

    [Fact]
    public async Task A_thread_that_others_depend_on_does_not_wait_for_the_disk()
    {
        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        var (caller, writer) = (0, 0);
        var written = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            caller = Environment.CurrentManagedThreadId;
            written.SetResult(stores.Write(transaction =>
            {
                writer = Environment.CurrentManagedThreadId;
                return Spend(transaction, "kept");
            }));
        });

        thread.Start();
        await await written.Task;

        Assert.NotEqual(caller, writer);
        Assert.Equal(["kept"], await Ids(stores.Database));
    }

    [Fact]
    public async Task Whether_the_file_is_idle_or_busy_no_write_is_lost()
    {
        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; number < 50; number++)
                await stores.Write(transaction => Spend(transaction, $"{caller}-{number:D2}"));
        }, Stores.Cancellation));

        await Task.WhenAll(callers);

        Assert.Equal(8 * 50, (await Ids(stores.Database)).Count);
    }

    [Fact]
    public async Task A_closed_file_is_not_written_to()
    {
        var stores = await Stores.Open(DatabaseKind.Sqlite);
        await using (stores) await stores.Write(transaction => Spend(transaction, "kept"));

        await Assert.ThrowsAsync<ChannelClosedException>(
            () => stores.Write(transaction => Spend(transaction, "late")));
    }

    [Fact]
    public async Task What_was_acknowledged_is_in_the_file()
    {
        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        await stores.Write(transaction => Spend(transaction, "kept"));

        await using var second = Database.Open(stores.Setting, stores.Clock, pauses: TimeProvider.System);

        Assert.Equal(["kept"], await Ids(second));
    }

    [Theory, EachDatabase]
    public async Task Reading_or_writing_past_the_transaction_is_refused(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => stores.Write(_ => stores.Pools.Find("p", Stores.Cancellation)));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => stores.Write(_ => stores.Write(transaction => Spend(transaction, "x"))));

        Assert.Empty(await Ids(stores.Database));
    }

    [Theory, EachDatabase]
    public async Task A_ping_is_answered(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        await stores.Database.Ping(Stores.Cancellation);
    }

    [Theory, EachDatabase]
    public async Task A_transaction_is_of_no_use_after_its_unit(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        Transaction? kept = null;
        await stores.Write(transaction =>
        {
            kept = transaction;
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Spend(kept!, "x"));
    }

    [Theory, EachDatabase]
    public async Task What_is_for_after_the_commit_is_done_once_and_not_without_it(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (done, runs) = (new List<string>(), 0);

        await Assert.ThrowsAsync<TimeoutException>(() => stores.Write(async transaction =>
        {
            transaction.OnceCommitted(() => done.Add("rolled back"));
            await Spend(transaction, "a");
            throw new TimeoutException();
        }));
        await stores.Write(async transaction =>
        {
            transaction.OnceCommitted(() => done.Add($"run {runs}"));
            // A unique violation, after which the unit is run once more.
            if (runs++ == 0) await Spend(transaction, "b");
            await Spend(transaction, "b");
        });

        Assert.Equal(["run 2"], done);
    }

    [Theory, EachDatabase]
    public async Task A_cancelled_write_does_not_run(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stores.Database.Write(transaction => Spend(transaction, "x"), cancelled.Token));

        Assert.Empty(await Ids(stores.Database));
    }

    [Theory, EachDatabase]
    public async Task Migrating_again_changes_nothing(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await stores.Write(transaction => Spend(transaction, "kept"));

        await stores.Database.Migrate(Stores.Cancellation);

        Assert.Equal(["kept"], await Ids(stores.Database));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Several_nodes_may_migrate_at_once(DatabaseKind kind)
    {
        Assert.SkipWhen(
            kind == DatabaseKind.Postgres && Stores.Postgres is null, "LIFEGUARD_TEST_POSTGRES is not set");
        await using var stores = await Stores.Unmigrated(kind);
        // The wall clock, because here nodes may have to wait for each other.
        var nodes = Enumerable.Range(0, 6)
            .Select(_ => Database.Open(stores.Setting, TimeProvider.System)).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Migrate(Stores.Cancellation))));

        Assert.Equal(
            1,
            await stores.Database.Sql("SELECT COUNT(*) FROM migration WHERE id = '0001_pools_and_users'")
                .Number(Stores.Cancellation));
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Theory, EachDatabase]
    public async Task A_newer_schema_is_refused_by_name(DatabaseKind kind)
    {
        await using var stores = await Stores.Unmigrated(kind);
        await stores.Database.Migrate(Stores.Cancellation);
        await stores.Write(transaction => transaction
            .Sql("INSERT INTO migration (id, applied_ms) VALUES ('9999_from_the_future', 0)")
            .Execute(Stores.Cancellation));

        var refusal = await Assert.ThrowsAsync<NewerSchemaException>(
            () => stores.Database.Migrate(Stores.Cancellation));

        Assert.Contains("9999_from_the_future", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task How_far_the_tables_are_can_be_seen_without_changing_them(DatabaseKind kind)
    {
        await using var stores = await Stores.Unmigrated(kind);
        var states = new List<SchemaState> { await Look(), await Look() };
        await stores.Database.Migrate(Stores.Cancellation);
        states.Add(await Look());
        await stores.Write(transaction => transaction
            .Sql("DELETE FROM migration WHERE id = (SELECT MAX(id) FROM migration)")
            .Execute(Stores.Cancellation));
        states.AddRange([await Look(), await Look()]);

        Assert.Equal(
            [
                SchemaState.Empty, SchemaState.Empty, SchemaState.Current, SchemaState.Older,
                SchemaState.Older,
            ],
            states);

        Task<SchemaState> Look() => stores.Database.Look(Stores.Cancellation);
    }

    [Fact]
    public async Task After_a_full_disk_writes_are_taken_only_when_one_has_succeeded()
    {
        await using var stores = await Stores.Open(DatabaseKind.Sqlite);
        await stores.Database.MustTakeWrites(Stores.Cancellation);
        // Not below what there is.
        await Grow(1);
        await Assert.ThrowsAsync<SqliteException>(Fill);

        await Assert.ThrowsAsync<SqliteException>(Asked);
        // A write that changes nothing does not come to the disk.
        await stores.Write(transaction =>
            transaction.Sql("DELETE FROM spent WHERE id = 'missing'").Execute(Stores.Cancellation));
        await Assert.ThrowsAsync<SqliteException>(Asked);
        await Grow(1_000_000);
        var before = await Ids(stores.Database);
        await Asked();
        await Asked();

        Assert.Equal(before, await Ids(stores.Database));

        Task Asked() => stores.Database.MustTakeWrites(Stores.Cancellation);

        Task Grow(int pages) => stores.Write(transaction =>
            transaction.Sql($"PRAGMA max_page_count = {pages}").Number(Stores.Cancellation));

        async Task Fill()
        {
            for (var number = 0; number < 1000; number++)
                await stores.Write(transaction => Spend(transaction, $"{number:D2000}"));
        }
    }

    [Theory, EachDatabase]
    public async Task A_reset_empties_tables_and_caches_but_keeps_data_keys(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        await stores.Add(pool, Sample.User(pool, "ana"));
        await stores.DataKeys.Insert(new WrappedKey("1", [1], stores.Now), Stores.Cancellation);
        Assert.NotNull(await stores.Pools.Find(pool.Id, Stores.Cancellation));

        await stores.Database.Reset(Stores.Cancellation);

        Assert.Null(await stores.Pools.Find(pool.Id, Stores.Cancellation));
        Assert.Null(await stores.Users.FindByUsername(pool.Id, "ana", Stores.Cancellation));
        Assert.Single(await stores.DataKeys.List(Stores.Cancellation));
    }

    private static Task<int> Spend(Transaction transaction, string id) =>
        transaction.Sql(Put).With("id", id).Execute(Stores.Cancellation);

    private static Task<List<string>> Ids(Database database) =>
        database.Sql("SELECT id FROM spent ORDER BY id").All(row => row.Text(0), Stores.Cancellation);
}
