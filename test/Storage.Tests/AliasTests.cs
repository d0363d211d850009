using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

/// <summary>Aliases that move, and names that nobody may prefer.</summary>
public sealed class AliasTests
{
    private const string Address = "x@example.com";

    [Theory, EachDatabase]
    public async Task Of_many_who_take_an_alias_at_once_each_gets_it_from_the_one_before(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var heirs = Enumerable.Range(0, 40)
            .Select(i => Sample.User(pool, $"u{i}", ("email", Address), ("email_verified", "true")))
            .ToList();

        var losers = await Task.WhenAll(heirs.Select(heir => Task.Run(() => stores.Database.Write(
            async transaction =>
            {
                var loser = await Take(stores, transaction, pool, heir);
                await stores.Users.Insert(transaction, heir, pool, Stores.Cancellation);
                return loser?.Sub;
            },
            Stores.Cancellation))));

        var owner = (await stores.Users.FindByAlias(pool.Id, "email", Address, Stores.Cancellation))!;
        // A chain: the first takes it from nobody, everybody but the last loses it once.
        Assert.Single(losers, sub => sub is null);
        Assert.Equal(
            heirs.Select(heir => heir.Sub).Except([owner.Sub]).Order(),
            losers.Where(sub => sub is not null).Order());
        foreach (var heir in heirs)
        {
            var stored = (await stores.Users.FindBySub(pool.Id, heir.Sub, Stores.Cancellation))!;
            Assert.Equal(heir.Sub == owner.Sub, stored.Attributes.IsTrue("email_verified"));
        }
    }

    [Theory, EachDatabase]
    public async Task An_alias_is_taken_while_its_owner_changes_and_goes(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        for (var round = 0; round < 20; round++)
        {
            var owner = await stores.Add(
                pool, Sample.User(pool, $"o{round}", ("email", Address), ("email_verified", "true")));
            var heir = await stores.Add(pool, Sample.User(pool, $"h{round}", ("email", Address)));
            var proved = heir with { Attributes = heir.Attributes.With("email_verified", true) };

            await Task.WhenAll(
                AtOnce(() => Attempt(() => stores.Update(
                    pool, owner with { Attributes = owner.Attributes.With("name", "Old") }))),
                AtOnce(() => stores.Write(
                    transaction => stores.Users.Delete(transaction, owner, Stores.Cancellation))),
                AtOnce(() => stores.Write(async transaction =>
                {
                    await Take(stores, transaction, pool, proved);
                    await stores.Users.Update(transaction, proved, pool, Stores.Cancellation);
                })));

            var found = await stores.Users.FindByAlias(pool.Id, "email", Address, Stores.Cancellation);
            Assert.Equal(heir.Sub, found!.Sub);
            Assert.Null(await stores.Users.FindBySub(pool.Id, owner.Sub, Stores.Cancellation));
            await stores.Write(transaction => stores.Users.Delete(transaction, found, Stores.Cancellation));
        }

        var left = stores.Database.Sql("SELECT COUNT(*) FROM user_alias");
        Assert.Equal(0, await left.Number(Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Nobody_prefers_what_somebody_is_called_nor_is_called_what_somebody_prefers(
        DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var ana = await stores.Add(pool, Sample.User(pool, "Ana", ("preferred_username", "queen")));
        var ben = await stores.Add(pool, Sample.User(pool, "ben"));

        await Assert.ThrowsAsync<AliasTakenException>(() => Prefer(ben, "aNA"));
        await Assert.ThrowsAsync<AliasTakenException>(
            () => stores.Add(pool, Sample.User(pool, "cleo", ("preferred_username", "BEN"))));
        await Assert.ThrowsAsync<UsernameTakenException>(() => stores.Add(pool, Sample.User(pool, "Queen")));

        // The own name may be preferred, and given up again without becoming free.
        ana = await Prefer(ana, "ana");
        ana = await stores.Update(
            pool, ana with { Attributes = ana.Attributes.Without("preferred_username") });
        await Assert.ThrowsAsync<AliasTakenException>(() => Prefer(ben, "ana"));
        await Prefer(ben, "queen");
        Assert.Equal("Ana", ana.Username);

        Task<User> Prefer(User user, string name) => stores.Update(
            pool, user with { Attributes = user.Attributes.With("preferred_username", name) });
    }

    [Theory, EachDatabase]
    public async Task A_user_stored_before_names_stood_beside_preferred_ones_can_still_be_changed(
        DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var ana = await stores.Add(pool, Sample.User(pool, "ana"));
        await stores.Write(
            transaction => transaction.Sql("DELETE FROM user_alias").Execute(Stores.Cancellation));
        await stores.Add(pool, Sample.User(pool, "ben", ("preferred_username", "ana")));

        var changed = await stores.Update(
            pool, ana with { Attributes = ana.Attributes.With("name", "Ana") });

        Assert.Equal(1, changed.Version);
    }

    private static Task<User?> Take(Stores stores, Transaction transaction, UserPool pool, User heir) =>
        stores.Users.TakeAlias(
            transaction, pool, "email", Address, heir.Sub, stores.Now, Stores.Cancellation);

    private static Task AtOnce(Func<Task> work) => Task.Run(work, Stores.Cancellation);

    private static async Task Attempt(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (ConflictException)
        {
            // Somebody was faster; the alias is what matters here.
        }
    }
}
