using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests.Transfer;

/// <summary>A pool that is in use while it is exported.</summary>
public sealed class SnapshotTests
{
    [Theory, EachDatabase]
    public async Task The_file_holds_the_state_of_one_instant(DatabaseKind kind)
    {
        await using var source = await Moving.Open(kind);
        await using var target = await Moving.Open(DatabaseKind.Memory);
        var pool = await source.FullPool(users: 700);
        var before = await source.Rows(pool.Id);

        // At each write of the file users come, go and change, whose rows are in three tables.
        var turn = 0;
        var file = new InterruptedStream(() => Change(source, pool, turn++));
        await source.Export.ToPassphrase(
            source.Order(pool.Id), Moving.Passphrase, file, Stores.Cancellation);

        Assert.InRange(turn, 5, 1000);
        await target.Take(file.ToArray());
        Assert.Equal(before, await target.Rows(pool.Id));
        Assert.NotEqual(before, await source.Rows(pool.Id));
    }

    [Theory, EachDatabase]
    public async Task Whoever_writes_at_the_same_time_does_not_wait(DatabaseKind kind)
    {
        await using var source = await Moving.Open(kind);
        var pool = await source.FullPool(users: 5);

        var seen = await source.Stores.Database.Snapshot(
            async snapshot =>
            {
                await source.AddUsers(pool, 5, 1);
                var inside = await snapshot.Sql("SELECT COUNT(*) FROM users").Number(Stores.Cancellation);
                var outside = await source.Stores.Database.Sql("SELECT COUNT(*) FROM users")
                    .Number(Stores.Cancellation);
                return (inside, outside);
            },
            Stores.Cancellation);

        Assert.Equal((5, 6), seen);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_snapshot_writes_nothing(DatabaseKind kind)
    {
        Assert.SkipWhen(
            kind == DatabaseKind.Postgres && Stores.Postgres is null, "LIFEGUARD_TEST_POSTGRES is not set");
        await using var source = await Moving.Open(kind);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => source.Stores.Database.Snapshot(
            snapshot => snapshot.Sql("DELETE FROM users").Execute(Stores.Cancellation),
            Stores.Cancellation));
    }

    private static async Task Change(Moving source, UserPool pool, int turn)
    {
        var stores = source.Stores;
        await source.AddUsers(pool, 10_000 + turn, 1);
        var gone = await stores.Users.FindByAlias(
            pool.Id, "email", $"u{turn:D6}@example.com", Stores.Cancellation);
        var changed = await stores.Users.FindByAlias(
            pool.Id, "email", $"u{699 - turn:D6}@example.com", Stores.Cancellation);
        await stores.Write(async transaction =>
        {
            await stores.Users.Delete(transaction, gone!, Stores.Cancellation);
            var attributes = changed!.Attributes.With("email", $"changed{turn}@example.com");
            await stores.Users.Update(
                transaction, changed with { Attributes = attributes }, pool, Stores.Cancellation);
            await stores.Revocations.Add(
                transaction, pool.Id, $"later{turn}", Sample.Then, Stores.Cancellation);
        });
    }

    /// <summary>Lets something else happen before each write.</summary>
    private sealed class InterruptedStream(Func<Task> meanwhile) : MemoryStream
    {
        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await meanwhile();
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
