using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

public sealed class UserStoreTests
{
    [Theory, EachDatabase]
    public async Task A_user_comes_back_as_it_was_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        (string, string)[] attributes =
            [("name", "Ana 😀 \"É\""), ("custom:zero", "a\0b"), ("email", "A@b.c")];
        var user = Sample.User(pool, "ana", attributes) with
        {
            Enabled = false,
            Status = UserStatusType.ForceChangePassword,
            Password = new PasswordCredential("$argon2id$x", [1, 2], [3, 4], Sample.Then, IsTemporary: true),
            PasswordHistory = ["h1", "h2"],
            Pending = UserAttributes.From([KeyValuePair.Create("email", "new@b.c")]),
            Mfa = new MfaPreference(["SMS_MFA"], "SMS_MFA", IsLegacy: true),
            SignedOutAt = Sample.Then.AddDays(1),
        };
        await stores.Add(pool, user);

        var found = (await stores.Users.FindBySub(pool.Id, user.Sub, Stores.Cancellation))!;

        Assert.Equal(user.Attributes, found.Attributes);
        Assert.Equal(user.Pending, found.Pending);
        Assert.Equal(user.PasswordHistory, found.PasswordHistory);
        Assert.Equal(user.Password.SrpVerifier, found.Password!.SrpVerifier);
        Assert.Equal(user.Password.SrpSalt, found.Password.SrpSalt);
        Assert.Equal(
            (user.Password.Hash, user.Password.SetAt, user.Password.IsTemporary),
            (found.Password.Hash, found.Password.SetAt, found.Password.IsTemporary));
        Assert.Equal(
            (user.Enabled, user.Status, user.SignedOutAt), (found.Enabled, found.Status, found.SignedOutAt));
        Assert.Equal(user.Mfa.Enabled, found.Mfa.Enabled);
        Assert.Equal(("SMS_MFA", true), (found.Mfa.Preferred, found.Mfa.IsLegacy));
    }

    [Theory, EachDatabase]
    public async Task User_names_are_compared_as_the_pool_compares(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var folding = await stores.Add(Sample.Pool("r_folds"));
        var exact = await stores.Add(Sample.Pool("r_exact", caseSensitive: true));
        await stores.Add(folding, Sample.User(folding, "Ana"));
        await stores.Add(exact, Sample.User(exact, "Ana"));

        await Assert.ThrowsAsync<UsernameTakenException>(
            () => stores.Add(folding, Sample.User(folding, "aNA")));
        await stores.Add(exact, Sample.User(exact, "aNA"));

        Assert.Equal(
            "Ana", (await stores.Users.FindByUsername("r_folds", "ana", Stores.Cancellation))!.Username);
        Assert.Null(await stores.Users.FindByUsername("r_exact", "ana", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task An_address_is_an_alias_once_it_is_verified(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var user = await stores.Add(pool, Sample.User(pool, "ana", ("email", "Ana@Example.com")));
        Assert.Null(await ByEmail(stores, pool, "ana@example.com"));

        await stores.Update(pool, Verified(user));

        Assert.Equal(user.Sub, (await ByEmail(stores, pool, "ana@example.com"))!.Sub);
    }

    [Theory, EachDatabase]
    public async Task An_address_that_changes_gives_its_alias_up(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.EmailPool());
        var user = await stores.Add(pool, Sample.User(pool, "a", ("email", "old@example.com")));

        var attributes = user.Attributes.With("email", "new@example.com");
        await stores.Update(pool, user with { Attributes = attributes });

        Assert.Null(await ByEmail(stores, pool, "old@example.com"));
        Assert.Equal(user.Sub, (await ByEmail(stores, pool, "new@example.com"))!.Sub);
        await stores.Add(pool, Sample.User(pool, "b", ("email", "old@example.com")));
    }

    [Theory, EachDatabase]
    public async Task In_email_pools_an_address_has_one_user_verified_or_not(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.EmailPool());
        await stores.Add(pool, Sample.User(pool, "a", ("email", "ana@example.com")));

        var taken = await Assert.ThrowsAsync<AliasTakenException>(
            () => stores.Add(pool, Sample.User(pool, "b", ("email", "ANA@example.com"))));

        Assert.Equal("email", taken.Kind);
        Assert.Null(await stores.Users.FindByUsername(pool.Id, "b", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Preferred_names_and_numbers_are_aliases_too(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var user = await stores.Add(pool, Sample.User(
            pool,
            "ana",
            ("preferred_username", "Annie"),
            ("phone_number", "+15550100"),
            ("phone_number_verified", "true")));

        var byName = await stores.Users.FindByAlias(
            pool.Id, "preferred_username", "annie", Stores.Cancellation);
        var byNumber = await stores.Users.FindByAlias(
            pool.Id, "phone_number", "+15550100", Stores.Cancellation);

        Assert.Equal((user.Sub, user.Sub), (byName!.Sub, byNumber!.Sub));
    }

    [Theory, EachDatabase]
    public async Task A_forced_hand_over_leaves_the_old_owner_unverified(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var old = await stores.Add(pool, Verified(Sample.User(pool, "old", ("email", "x@example.com"))));
        var heir = await stores.Add(pool, Sample.User(pool, "heir", ("email", "X@example.com")));

        await stores.Write(async transaction =>
        {
            await stores.Users.TakeAlias(
                transaction, pool, "email", "X@example.com", heir.Sub, stores.Now, Stores.Cancellation);
            await stores.Users.Update(transaction, Verified(heir), pool, Stores.Cancellation);
        });

        Assert.Equal(heir.Sub, (await ByEmail(stores, pool, "x@example.com"))!.Sub);
        var previous = (await stores.Users.FindBySub(pool.Id, old.Sub, Stores.Cancellation))!;
        Assert.Equal("false", previous.Attributes["email_verified"]);
        Assert.Equal((old.Version + 1, stores.Now), (previous.Version, previous.ModifiedAt));
    }

    [Theory, EachDatabase]
    public async Task Nobody_loses_an_alias_to_themselves_or_in_an_email_pool(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var aliases = await stores.Add(Sample.AliasPool());
        var emails = await stores.Add(Sample.EmailPool());
        var ana = await stores.Add(aliases, Verified(Sample.User(aliases, "a", ("email", "x@example.com"))));
        await stores.Add(emails, Verified(Sample.User(emails, "b", ("email", "x@example.com"))));

        await stores.Write(async transaction =>
        {
            Assert.Null(await stores.Users.TakeAlias(
                transaction, aliases, "email", "x@example.com", ana.Sub, stores.Now, Stores.Cancellation));
            Assert.Null(await stores.Users.TakeAlias(
                transaction, emails, "email", "x@example.com", "other", stores.Now, Stores.Cancellation));
        });

        Assert.NotNull(await ByEmail(stores, emails, "x@example.com"));
    }

    [Theory, EachDatabase]
    public async Task Of_many_claims_of_an_alias_one_succeeds(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var users = new List<User>();
        for (var i = 0; i < 30; i++)
            users.Add(await stores.Add(pool, Sample.User(pool, $"u{i}", ("email", "x@example.com"))));

        var owners = await Task.WhenAll(users.Select(user => Task.Run(async () =>
        {
            try
            {
                await stores.Update(pool, Verified(user));
                return user.Sub;
            }
            catch (AliasTakenException)
            {
                return null;
            }
        })));

        var owner = Assert.Single(owners, each => each is not null);
        Assert.Equal(owner, (await ByEmail(stores, pool, "x@example.com"))!.Sub);
    }

    [Theory, EachDatabase]
    public async Task Of_many_updates_of_one_version_one_wins(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var user = await stores.Add(pool, Sample.User(pool, "ana"));

        var names = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Task.Run(async () =>
        {
            try
            {
                var name = $"name {number}";
                await stores.Update(pool, user with { Attributes = user.Attributes.With("name", name) });
                return name;
            }
            catch (ConflictException)
            {
                return null;
            }
        })));

        var winner = Assert.Single(names, each => each is not null);
        var found = (await stores.Users.FindBySub(pool.Id, user.Sub, Stores.Cancellation))!;
        Assert.Equal((winner, 1), (found.Attributes["name"], found.Version));
        Assert.Equal(
            [user.Sub], (await Search(stores, pool, "name", "name ")).Select(each => each.Sub));
    }

    [Theory, EachDatabase]
    public async Task Of_many_new_users_of_one_name_one_is_stored(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());

        var stored = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                await stores.Add(pool, Sample.User(pool, "ana"));
                return true;
            }
            catch (UsernameTakenException)
            {
                return false;
            }
        })));

        Assert.Single(stored, each => each);
    }

    [Theory, EachDatabase]
    public async Task A_deleted_user_leaves_no_row(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var user = await stores.Add(pool, Verified(Sample.User(pool, "ana", ("email", "x@example.com"))));
        await stores.Write(transaction => stores.Codes.Replace(
            transaction, Sample.Code(user.Sub) with { PoolId = pool.Id }, Stores.Cancellation));

        Assert.True(await Delete(stores, user));
        Assert.False(await Delete(stores, user));

        foreach (var (table, _) in Tables.OfPools)
        {
            Assert.Equal(
                0, await stores.Database.Sql($"SELECT COUNT(*) FROM {table}").Number(Stores.Cancellation));
        }

        await Assert.ThrowsAsync<ConflictException>(() => stores.Update(pool, user));
    }

    [Theory, EachDatabase]
    public async Task No_alias_claimed_meanwhile_outlives_a_deleted_user(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.AliasPool());
        var users = new List<User>();
        for (var i = 0; i < 25; i++)
            users.Add(await stores.Add(pool, Sample.User(pool, $"u{i}", ("email", $"u{i}@example.com"))));

        await Task.WhenAll(users.SelectMany(user => (Task[])
        [
            Task.Run(() => Delete(stores, user)),
            Task.Run(async () =>
            {
                try
                {
                    await stores.Update(pool, Verified(user));
                }
                catch (ConflictException)
                {
                    // The user was deleted first.
                }
            }),
        ]));

        Assert.Equal(
            0, await stores.Database.Sql("SELECT COUNT(*) FROM user_alias").Number(Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Very_long_values_are_kept_found_and_unique(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.EmailPool());
        var email = string.Concat(Enumerable.Repeat("é😀ж", 680)) + "@example.com";
        var user = await stores.Add(pool, Sample.User(pool, "a", ("email", email), ("name", email)));

        await Assert.ThrowsAsync<AliasTakenException>(
            () => stores.Add(pool, Sample.User(pool, "b", ("email", email))));

        Assert.Equal(user.Sub, (await ByEmail(stores, pool, email))!.Sub);
        Assert.Single(await Search(stores, pool, "name", "é😀ж"));
    }

    [Theory, EachDatabase]
    public async Task The_count_is_of_this_pool(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var other = await stores.Add(Sample.AliasPool());
        await stores.Add(pool, Sample.User(pool, "a"));
        await stores.Add(pool, Sample.User(pool, "b"));
        await stores.Add(other, Sample.User(other, "c"));

        Assert.Equal(2, await stores.Users.EstimatedCount(pool.Id, Stores.Cancellation));
    }

    private static User Verified(User user) => user with
    {
        Attributes = user.Attributes.With("email_verified", true),
    };

    private static Task<User?> ByEmail(Stores stores, UserPool pool, string folded) =>
        stores.Users.FindByAlias(pool.Id, "email", folded, Stores.Cancellation);

    private static async Task<IReadOnlyList<User>> Search(
        Stores stores, UserPool pool, string attribute, string prefix)
    {
        var filter = new UserFilter(attribute, UserFilterOperator.StartsWith, prefix);
        return (await stores.Users.List(pool, filter, null, 60, Stores.Cancellation)).Users;
    }

    private static Task<bool> Delete(Stores stores, User user) => stores.Database.Write(
        transaction => stores.Users.Delete(transaction, user, Stores.Cancellation), Stores.Cancellation);

    /// <summary>SQLite once walked the keys of the whole pool at every change of a user.</summary>
    [Fact]
    public async Task The_keys_of_a_user_are_found_by_the_user()
    {
        await using var stores = await Stores.Open(DatabaseKind.Memory);

        var plan = await stores.Database.Sql("EXPLAIN QUERY PLAN " + UserIndex.Stored)
            .With("pool_id", "p")
            .With("sub", "s")
            .All(row => row.GetString(3), Stores.Cancellation);

        Assert.Equal(2, plan.Count(step => step.Contains("(pool_id=? AND sub=?)", StringComparison.Ordinal)));
    }
}
