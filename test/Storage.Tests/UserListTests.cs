using CsCheck;
using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

public sealed class UserListTests
{
    [Theory, EachDatabase]
    public async Task User_names_come_in_the_order_of_code_points_everywhere(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool(caseSensitive: true));
        foreach (var name in (string[])["é", "bob", "😀", "_x", "\ufffd", "Zed", "alice"])
            await stores.Add(pool, Sample.User(pool, name));
        var filter = new UserFilter("username", UserFilterOperator.StartsWith, "");

        var names = (await Pages(stores, pool, filter, 2)).Select(user => user.Username);

        Assert.Equal(["Zed", "_x", "alice", "bob", "é", "\ufffd", "😀"], names);
    }

    [Theory, EachDatabase]
    public async Task Every_filter_finds_what_it_says(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var ana = await stores.Add(pool, Sample.User(
            pool,
            "Ana",
            ("email", "Ana@Example.com"),
            ("phone_number", "+15550100"),
            ("name", "Ana Élan"),
            ("given_name", "ANA"),
            ("family_name", "Élan"),
            ("preferred_username", "annie")));
        await stores.Add(pool, Sample.User(pool, "bob", ("email", "bob@example.com"), ("name", "Bob")) with
        {
            Enabled = false,
            Status = UserStatusType.ResetRequired,
        });

        await Finds(["Ana"], ("username", "=", "ana"), ("username", "^=", "AN"));
        await Finds(["Ana"], ("email", "=", "ANA@example.com"), ("email", "^=", "ana@"));
        await Finds(["Ana"], ("phone_number", "=", "+15550100"), ("phone_number", "^=", "+1555"));
        await Finds(["Ana"], ("name", "=", "ana élan"), ("name", "^=", "ANA É"), ("given_name", "=", "ana"));
        await Finds(["Ana"], ("family_name", "^=", "éL"), ("preferred_username", "=", "Annie"));
        await Finds(["Ana"], ("sub", "=", ana.Sub), ("sub", "^=", ana.Sub), ("sub", "^=", ana.Sub[..20]));
        await Finds(
            ["Ana"], ("cognito:user_status", "=", "confirmed"), ("cognito:user_status", "^=", "CONF"));
        await Finds(["Ana"], ("status", "=", "Enabled"), ("status", "^=", "E"));
        await Finds(["bob"], ("status", "=", "Disabled"), ("cognito:user_status", "^=", "RESET"));
        await Finds([], ("email", "=", "ana@"), ("name", "=", "an"), ("status", "=", "enabled"));
        await Finds([], ("email", "^=", "%"), ("email", "^=", "\0\0x"), ("cognito:user_status", "=", "CONF"));
        var anyStatus = new UserFilter("status", UserFilterOperator.StartsWith, "");
        Assert.Equal(2, (await Pages(stores, pool, anyStatus, 1)).Count);
        Assert.Equal(2, (await Pages(stores, pool, null, 1)).Count);

        async Task Finds(string[] names, params (string Attribute, string Operator, string Value)[] filters)
        {
            foreach (var (attribute, op, value) in filters)
            {
                var kindOf = op == "=" ? UserFilterOperator.Equals : UserFilterOperator.StartsWith;
                var found = await Pages(stores, pool, new UserFilter(attribute, kindOf, value), 1);
                Assert.Equal(names, found.Select(user => user.Username));
            }
        }
    }

    [Theory, EachDatabase]
    public async Task A_filter_follows_what_changes(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var user = await stores.Add(pool, Sample.User(pool, "ana", ("name", "Ana"), ("given_name", "Ana")));

        var attributes = user.Attributes.With("name", "Eve").Without("given_name").With("email", "e@x.com");
        await stores.Update(pool, user with { Attributes = attributes });

        Assert.Empty(await Pages(stores, pool, new("name", UserFilterOperator.Equals, "ana"), 9));
        Assert.Empty(await Pages(stores, pool, new("given_name", UserFilterOperator.Equals, "ana"), 9));
        Assert.Single(await Pages(stores, pool, new("name", UserFilterOperator.Equals, "eve"), 9));
        Assert.Single(await Pages(stores, pool, new("email", UserFilterOperator.Equals, "E@x.com"), 9));
    }

    [Theory, EachDatabase]
    public async Task Users_who_come_and_go_shift_nobody_between_pages(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var pool = await stores.Add(Sample.Pool());
        var staying = new List<User>();
        for (var i = 0; i < 20; i++)
        {
            // Equal values in part, so that pages also break between users of one value.
            var user = Sample.User(pool, $"s{i:D2}", ("name", $"name {i / 4}"));
            staying.Add(await stores.Add(pool, user));
        }

        foreach (var filter in (UserFilter?[])[null, new("name", UserFilterOperator.StartsWith, "NAME")])
        {
            var seen = new List<string>();
            UserCursor? after = null;
            do
            {
                var page = await stores.Users.List(pool, filter, after, 3, Stores.Cancellation);
                seen.AddRange(page.Users.Select(user => user.Sub));
                after = page.Next;
                await Churn(stores, pool, seen.Count);
            }
            while (after is not null);

            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.Subset(seen.ToHashSet(), staying.Select(user => user.Sub).ToHashSet());
        }
    }

    [Theory, EachDatabase]
    public async Task Prefix_search_agrees_with_a_naive_search(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var run = 0;
        var cases = Gen.Select(KeyRangeTests.Text.Array[0, 12], KeyRangeTests.Text, Gen.Int[1, 5]);
        await cases.SampleAsync(
            async (names, prefix, limit) =>
            {
                var pool = Sample.Pool($"r_{Interlocked.Increment(ref run)}");
                var users = names.Select((name, i) => Sample.User(pool, $"u{i}", ("name", name))).ToList();
                await stores.Write(async transaction =>
                {
                    foreach (var user in users)
                        await stores.Users.Insert(transaction, user, pool, Stores.Cancellation);
                });

                var filter = new UserFilter("name", UserFilterOperator.StartsWith, prefix);
                var found = (await Pages(stores, pool, filter, limit)).Select(user => user.Sub);

                Assert.Equal(Naive(users, prefix), found);
            },
            iter: 40,
            threads: 1);
    }

    private static List<string> Naive(List<User> users, string prefix)
    {
        var folded = prefix.ToLowerInvariant();
        var found = users
            .Select(user => (Key: user.Attributes["name"]!.ToLowerInvariant(), user.Sub))
            .Where(each => each.Key.Length > 0 && each.Key.StartsWith(folded, StringComparison.Ordinal))
            .ToList();
        found.Sort((one, two) => KeyRangeTests.Compare(one.Key, two.Key) is var order && order != 0
            ? order
            : string.CompareOrdinal(one.Sub, two.Sub));
        return [.. found.Select(each => each.Sub)];
    }

    private static async Task<List<User>> Pages(Stores stores, UserPool pool, UserFilter? filter, int limit)
    {
        var all = new List<User>();
        UserCursor? after = null;
        do
        {
            var page = await stores.Users.List(pool, filter, after, limit, Stores.Cancellation);
            Assert.True(page.Users.Count <= limit);
            Assert.True(page.Next is null || page.Users.Count == limit);
            all.AddRange(page.Users);
            after = page.Next;
        }
        while (after is not null);

        return all;
    }

    /// <summary>One user comes, and the one who came before goes.</summary>
    private static async Task Churn(Stores stores, UserPool pool, int step)
    {
        var previous = await stores.Users.FindByUsername(pool.Id, $"c{step - 3}", Stores.Cancellation);
        if (previous is not null)
        {
            await stores.Write(
                transaction => stores.Users.Delete(transaction, previous, Stores.Cancellation));
        }

        if (await stores.Users.FindByUsername(pool.Id, $"c{step}", Stores.Cancellation) is null)
            await stores.Add(pool, Sample.User(pool, $"c{step}", ("name", $"name {step % 5}")));
    }
}
