using Lifeguard.Domain.Mfa;

namespace Lifeguard.Storage.Tests;

public sealed class SoftwareTokenStoreTests
{
    private const string Pool = "eu-west-1_Plain0001";

    [Theory, EachDatabase]
    public async Task An_authenticator_comes_back_as_it_was_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Save(stores, Fresh().Associate([1, 2, 3]));
        var pending = await Find(stores);
        await Save(stores, pending.Verify("phone \0 😀", step: 7).Associate([4, 5]));
        var both = await Find(stores);

        Assert.Equal([1, 2, 3], pending.Pending!);
        Assert.Null(pending.Verified);
        Assert.Equal((1, 0), (pending.Version, pending.LastStep));
        Assert.Equal([4, 5], both.Pending!);
        Assert.Equal([1, 2, 3], both.Verified!);
        Assert.Equal(("phone \0 😀", 2, 7), (both.Name, both.Version, both.LastStep));
        Assert.Null(await stores.SoftwareTokens.Find(Pool, "other", Stores.Cancellation));
        Assert.Null(await stores.SoftwareTokens.Find("other", "s", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Of_two_changes_of_one_version_one_wins(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Save(stores, Fresh().Associate([1]));
        var read = await Find(stores);

        await Assert.ThrowsAsync<ConflictException>(() => Save(stores, Fresh().Associate([2])));
        await Save(stores, read.Associate([3]));
        await Assert.ThrowsAsync<ConflictException>(() => Save(stores, read.Associate([4])));

        Assert.Equal([3], (await Find(stores)).Pending!);
    }

    [Theory, EachDatabase]
    public async Task A_step_is_taken_once_however_many_try(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Save(stores, Fresh().Associate([1]));
        await Save(stores, (await Find(stores)).Verify(null, step: 7));
        var token = await Find(stores);

        Assert.False(await TryTake(stores, token, 7));
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => TryTake(stores, token, 9))));

        Assert.Single(taken, each => each);
        Assert.False(await TryTake(stores, token, 8));
        Assert.True(await TryTake(stores, token, 10));
        Assert.Equal(10, (await Find(stores)).LastStep);
    }

    [Theory, EachDatabase]
    public async Task A_step_of_a_secret_that_was_replaced_is_not_taken(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Save(stores, Fresh().Associate([1]));
        await Save(stores, (await Find(stores)).Verify(null, step: 7));
        var token = await Find(stores);
        await Save(stores, token.Associate([2]));
        await Save(stores, (await Find(stores)).Verify(null, step: 8));

        Assert.False(await TryTake(stores, token, 9));
    }

    [Theory, EachDatabase]
    public async Task Removed_it_is_gone_and_may_come_anew(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Save(stores, Fresh().Associate([1]));
        await stores.Write(
            transaction => stores.SoftwareTokens.Delete(transaction, Pool, "s", Stores.Cancellation));

        Assert.Null(await stores.SoftwareTokens.Find(Pool, "s", Stores.Cancellation));
        await Save(stores, Fresh().Associate([2]));
        Assert.Equal(1, (await Find(stores)).Version);
    }

    private static SoftwareToken Fresh() => new() { PoolId = Pool, Sub = "s" };

    private static async Task<SoftwareToken> Find(Stores stores) =>
        (await stores.SoftwareTokens.Find(Pool, "s", Stores.Cancellation))!;

    private static Task Save(Stores stores, SoftwareToken token) => stores.Write(
        transaction => stores.SoftwareTokens.Save(transaction, token, Stores.Cancellation));

    private static Task<bool> TryTake(Stores stores, SoftwareToken token, long step) => stores.Database.Write(
        transaction => stores.SoftwareTokens.TryTake(transaction, token, step, Stores.Cancellation),
        Stores.Cancellation);
}
