namespace Lifeguard.Storage.Tests;

public sealed class CounterTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, EachDatabase]
    public async Task As_many_attempts_pass_as_the_limit_says_and_again_after_the_window(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        var passed = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            _ => Task.Run(() => Attempt(stores, "s"))));

        Assert.Equal(5, passed.Count(each => each));
        Assert.True(await Attempt(stores, "other"));
        Assert.Equal(40, await Attempts(stores));
        stores.Clock.Advance(Hour - TimeSpan.FromMilliseconds(1));
        Assert.False(await Attempt(stores, "s"));
        stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await Attempts(stores));
        Assert.True(await Attempt(stores, "s"));
        Assert.Equal(1, await stores.Attempts.Sweep(stores.Now, 10, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Attempts_can_be_taken_back_and_forgotten(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        for (var i = 0; i < 3; i++) await Attempt(stores, "s");
        await Attempt(stores, "other");

        await stores.Write(
            transaction => stores.Attempts.Uncount(transaction, "p", "s", "reset", Stores.Cancellation));
        Assert.Equal(2, await Attempts(stores));
        await stores.Write(
            transaction => stores.Attempts.Clear(transaction, "p", "s", "reset", Stores.Cancellation));
        Assert.Equal(0, await Attempts(stores));
        // Nothing falls below nothing, and nobody else is forgotten.
        await stores.Write(
            transaction => stores.Attempts.Uncount(transaction, "p", "s", "reset", Stores.Cancellation));
        Assert.Equal(0, await Attempts(stores));
        Assert.Equal(
            1, await stores.Attempts.Find("p", "other", "reset", stores.Now, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task What_is_spent_can_be_seen(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        Assert.False(await stores.Spent.IsSpent("p", "id", Stores.Cancellation));
        await Spend(stores, "id");
        Assert.True(await stores.Spent.IsSpent("p", "id", Stores.Cancellation));
        Assert.False(await stores.Spent.IsSpent("q", "id", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task The_fifth_failure_locks_for_a_second_and_each_further_doubles_it(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        int[] expected = [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900];
        for (var i = 0; i < expected.Length; i++)
        {
            var state = (await Fail(stores))!;

            Assert.Equal(i + 1, state.Count);
            Assert.Equal(TimeSpan.FromSeconds(expected[i]), state.LockedUntil - stores.Now);
            stores.Clock.Advance(TimeSpan.FromSeconds(expected[i]));
            Assert.False(state.IsLocked(stores.Now));
        }
    }

    [Theory, EachDatabase]
    public async Task Nothing_is_counted_during_a_lock(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        for (var i = 0; i < 5; i++) await Fail(stores);

        var during = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Fail(stores))));

        Assert.All(during, Assert.Null);
        var state = (await stores.Failures.Find("p", "s", Stores.Cancellation))!;
        Assert.Equal(5, state.Count);
        Assert.True(state.IsLocked(stores.Now));
    }

    [Theory, EachDatabase]
    public async Task Guesses_that_come_at_once_get_no_more_than_five(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        var counted = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => Fail(stores))));

        Assert.Equal([1, 2, 3, 4, 5], counted.OfType<SignInFailures>().Select(state => state.Count).Order());
    }

    [Theory, EachDatabase]
    public async Task Fifteen_quiet_minutes_and_a_success_begin_anew(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        for (var i = 0; i < 6; i++)
        {
            await Fail(stores);
            stores.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        stores.Clock.Advance(SignInFailureStore.Quiet - TimeSpan.FromSeconds(2));
        Assert.Equal(1, (await Fail(stores))!.Count);
        await Fail(stores);
        await stores.Write(
            transaction => stores.Failures.Clear(transaction, "p", "s", Stores.Cancellation));
        Assert.Null(await stores.Failures.Find("p", "s", Stores.Cancellation));

        await Fail(stores);
        stores.Clock.Advance(2 * Hour);
        Assert.Equal(1, await stores.Failures.Sweep(stores.Now, 10, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Of_many_that_replace_a_token_one_is_first_and_all_others_learn_since_when(
        DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (now, end) = (stores.Now, stores.Now.AddDays(30));

        var since = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => stores.Database.Write(
                transaction => stores.Spent.SpendSince(
                    transaction, "p", "refresh/1", end, now, Stores.Cancellation),
                Stores.Cancellation))));

        Assert.Single(since, each => each is null);
        Assert.Equal(19, since.Count(each => each == now));
    }

    [Theory, EachDatabase]
    public async Task An_id_is_spent_once_however_many_try(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        var spent = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Task.Run(() => Spend(stores, "id"))));

        Assert.Single(spent, each => each);
        Assert.False(await Spend(stores, "id"));
        Assert.True(await Spend(stores, "other"));
        Assert.Equal(0, await stores.Spent.Sweep(stores.Now, 1, Stores.Cancellation));
        stores.Clock.Advance(Hour);
        Assert.Equal(1, await stores.Spent.Sweep(stores.Now, 1, Stores.Cancellation));
        Assert.Equal(1, await stores.Spent.Sweep(stores.Now, 1, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task A_unit_that_is_undone_spends_nothing(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(async transaction =>
        {
            await stores.Spent.TrySpend(transaction, "p", "id", stores.Now + Hour, Stores.Cancellation);
            throw new ConflictException();
        }));

        Assert.True(await Spend(stores, "id"));
    }

    [Theory, EachDatabase]
    public async Task A_sign_in_stays_revoked_until_its_tokens_have_expired(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        for (var i = 0; i < 2; i++)
        {
            await stores.Write(transaction => stores.Revocations.Add(
                transaction, "p", "jti", stores.Now + Hour, Stores.Cancellation));
        }

        Assert.True(await stores.Revocations.IsRevoked("p", "jti", Stores.Cancellation));
        Assert.False(await stores.Revocations.IsRevoked("q", "jti", Stores.Cancellation));
        Assert.Equal(0, await stores.Revocations.Sweep(stores.Now, 9, Stores.Cancellation));
        stores.Clock.Advance(Hour);
        Assert.Equal(1, await stores.Revocations.Sweep(stores.Now, 9, Stores.Cancellation));
        Assert.False(await stores.Revocations.IsRevoked("p", "jti", Stores.Cancellation));
    }

    private static Task<bool> Attempt(Stores stores, string sub) =>
        stores.Database.Write(
            transaction => stores.Attempts.Count(
                transaction, "p", sub, "reset", 5, Hour, stores.Now, Stores.Cancellation),
            Stores.Cancellation);

    private static Task<long> Attempts(Stores stores) =>
        stores.Attempts.Find("p", "s", "reset", stores.Now, Stores.Cancellation);

    private static Task<SignInFailures?> Fail(Stores stores) =>
        stores.Failures.Record("p", "s", stores.Now, Stores.Cancellation);

    private static Task<bool> Spend(Stores stores, string id) => stores.Database.Write(
        transaction => stores.Spent.TrySpend(transaction, "p", id, stores.Now + Hour, Stores.Cancellation),
        Stores.Cancellation);
}
