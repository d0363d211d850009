using Lifeguard.Domain.Sessions;

namespace Lifeguard.Storage.Tests;

public sealed class SessionStoreTests
{
    private const string Pool = "eu-west-1_Plain0001";

    [Theory, EachDatabase]
    public async Task A_session_comes_back_as_it_was_stored_and_as_it_was_used_last(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var session = Sample.Session(Pool, "ana", "tkn1");
        await Add(stores, session, Sample.Session(Pool, "bob", "tkn2"));

        Assert.Equal(session, await Find(stores, "ana", "tkn1"));
        Assert.Null(await Find(stores, "ana", "tkn2"));
        await stores.Write(transaction => stores.Sessions.Touch(
            transaction,
            new(Pool, "ana", "tkn1", "Chrome 126 / Windows 10", "198.51.100.7"),
            Sample.Then.AddHours(1),
            Stores.Cancellation));
        Assert.Equal(
            session with
            {
                Device = "Chrome 126 / Windows 10",
                Address = "198.51.100.7",
                ActiveAt = Sample.Then.AddHours(1),
            },
            await Find(stores, "ana", "tkn1"));
    }

    [Theory, EachDatabase]
    public async Task Pages_show_every_session_once_the_newest_first(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        // Two begin at the same time.
        await Add(
            stores,
            Sample.Session(Pool, "ana", "tkn1", minute: 1),
            Sample.Session(Pool, "ana", "tkn3", minute: 2),
            Sample.Session(Pool, "ana", "tkn2", minute: 2),
            Sample.Session(Pool, "ana", "tkn4", minute: 0));
        var seen = new List<string>();
        SessionCursor? after = null;
        while (await Page(after) is [var next])
        {
            seen.Add(next.Id);
            after = new(next.CreatedAt, next.Id);
        }

        Assert.Equal(["tkn2", "tkn3", "tkn1", "tkn4"], seen);
        var late = await stores.Sessions.List(
            Pool, "ana", Sample.Then.AddMinutes(2), null, 10, Sample.Then, Stores.Cancellation);
        Assert.Equal(["tkn2", "tkn3"], late.Select(session => session.Id));

        Task<List<UserSession>> Page(SessionCursor? cursor) => stores.Sessions.List(
            Pool, "ana", null, cursor, 1, Sample.Then, Stores.Cancellation);
    }

    [Theory, EachDatabase]
    public async Task What_is_over_the_number_are_those_that_were_used_least_recently(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(
            stores,
            [.. Enumerable.Range(1, 5).Select(i => Sample.Session(Pool, "ana", $"tkn{i}", minute: i))]);
        await stores.Write(transaction => stores.Sessions.Touch(
            transaction, new(Pool, "ana", "tkn1", "", ""), Sample.Then.AddHours(1), Stores.Cancellation));

        foreach (var (kept, expected) in new[]
            {
                (0, "tkn1 tkn5 tkn4 tkn3 tkn2"), (2, "tkn4 tkn3 tkn2"), (5, ""),
            })
        {
            var surplus = await stores.Database.Write(
                transaction => stores.Sessions.LeastUsed(
                    transaction, Pool, "ana", kept, Sample.Then, Stores.Cancellation),
                Stores.Cancellation);
            Assert.Equal(expected, string.Join(' ', surplus.Select(session => session.Id)));
        }
    }

    [Theory, EachDatabase]
    public async Task Sessions_go_one_by_one_all_together_and_when_they_expire(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var end = Sample.Then.AddDays(30);
        await Add(
            stores,
            Sample.Session(Pool, "ana", "tkn1"),
            Sample.Session(Pool, "ana", "tkn2"),
            Sample.Session(Pool, "bob", "tkn3"),
            Sample.Session(Pool, "bob", "tkn4"),
            Sample.Session("eu-west-1_Other0001", "ana", "tkn5"));

        await stores.Write(transaction => stores.Sessions.Remove(
            transaction, Pool, "ana", "tkn1", Stores.Cancellation));
        Assert.Null(await Find(stores, "ana", "tkn1"));
        Assert.NotNull(await Find(stores, "ana", "tkn2"));
        await stores.Write(transaction => stores.Sessions.RemoveOf(
            transaction, Pool, "bob", Stores.Cancellation));
        Assert.Null(await Find(stores, "bob", "tkn3"));
        Assert.Null(await stores.Sessions.Find(Pool, "ana", "tkn2", end, Stores.Cancellation));
        Assert.Equal(0, await stores.Sessions.Sweep(end.AddMilliseconds(-1), 10, Stores.Cancellation));
        Assert.Equal(1, await stores.Sessions.Sweep(end, 1, Stores.Cancellation));
        Assert.Equal(1, await stores.Sessions.Sweep(end, 10, Stores.Cancellation));
    }

    private static Task Add(Stores stores, params UserSession[] sessions) =>
        stores.Write(async transaction =>
        {
            foreach (var session in sessions)
                await stores.Sessions.Add(transaction, session, Stores.Cancellation);
        });

    private static Task<UserSession?> Find(Stores stores, string sub, string id) =>
        stores.Sessions.Find(Pool, sub, id, Sample.Then, Stores.Cancellation);
}
