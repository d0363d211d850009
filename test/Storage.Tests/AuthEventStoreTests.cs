using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Storage.Tests;

public sealed class AuthEventStoreTests
{
    [Theory, EachDatabase]
    public async Task Events_come_back_newest_first_and_in_pages(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (events, ana) = await Begin(stores);
        for (var i = 0; i < 5; i++)
        {
            await Add(stores, events, Event(stores, ana));
            stores.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var all = await List(events, ana, null, 10);
        var first = await List(events, ana, null, 2);
        var next = await List(events, ana, first[^1].Id, 10);

        Assert.Equal(5, all.Count);
        Assert.Equal(all.OrderByDescending(each => each.At), all);
        Assert.Equal(all.Select(Id), first.Concat(next).Select(Id));
    }

    [Theory, EachDatabase]
    public async Task All_of_an_event_comes_back(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (events, ana) = await Begin(stores);
        var happened = Event(stores, ana) with
        {
            Challenges = [new("Password", "Success"), new("Mfa", "Failure")],
            DeviceKey = "key",
            City = "Reykjavik",
            Country = "Iceland",
            Risk = new() { Level = "High", IsCompromised = true, Response = RiskResponse.Block },
        };
        await Add(stores, events, happened);
        var feedback = new AuthEventFeedback("Valid", AuthEventFeedback.ByUser, stores.Now);

        Assert.True(await Judge(stores, events, ana, happened.Id, feedback));
        Assert.False(await Judge(stores, events, ana, "another", feedback));

        var stored = Assert.Single(await List(events, ana, null, 10));
        Assert.Equal(happened.Challenges, stored.Challenges);
        Assert.Equal(
            ("SignIn", "Pass", "Block", "High", true, "192.0.2.1", "Firefox", "mark", "key"),
            (stored.Type, stored.Response, stored.Decision, stored.Level, stored.IsCompromised,
                stored.IpAddress, stored.DeviceName, stored.DeviceMark, stored.DeviceKey));
        Assert.Equal(("Reykjavik", "Iceland"), (stored.City, stored.Country));
        Assert.Equal(feedback, stored.Feedback);
        Assert.Equal(stores.Now, stored.At);
    }

    [Theory, EachDatabase]
    public async Task A_later_step_adds_to_the_event(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (events, ana) = await Begin(stores);
        var first = Event(stores, ana) with
        {
            Response = EventResponseType.InProgress,
            Challenges = [new("Password", "Success")],
            Risk = new() { Level = "Low", IsCompromised = true },
        };
        await Add(stores, events, first);
        await Add(stores, events, first with
        {
            Response = EventResponseType.Pass,
            Challenges = [new("Mfa", "Success")],
            Risk = RiskFinding.None,
        });
        await Add(stores, events, first with { Response = EventResponseType.Pass, Challenges = [] });

        var stored = Assert.Single(await List(events, ana, null, 10));

        Assert.Equal(
            ("Pass", "AccountTakeover", "Low", true, "Password Mfa"),
            (stored.Response, stored.Decision, stored.Level, stored.IsCompromised,
                string.Join(' ', stored.Challenges.Select(one => one.Name))));
    }

    [Theory, EachDatabase]
    public async Task What_concerns_nobody_is_not_kept(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (events, ana) = await Begin(stores);

        await Add(stores, events, Event(stores, ana) with { User = null });
        await Add(stores, events, Event(stores, ana) with { User = new("gone", "gone") });

        Assert.Equal(0, await Count(stores));
    }

    [Theory, EachDatabase]
    public async Task Failures_push_out_failures_alone(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (events, ana) = await Begin(stores);
        await Add(stores, events, Event(stores, ana));
        await stores.Write(async transaction =>
        {
            for (var i = 0; i < AuthEventStore.Kept + 5; i++)
            {
                var failed = Event(stores, ana) with { Response = EventResponseType.Fail };
                await events.Add(transaction, failed, Stores.Cancellation);
                stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
            }
        });

        Assert.Equal(AuthEventStore.Kept + 1, await Count(stores));
        Assert.Equal("Pass", (await List(events, ana, null, 2000))[^1].Response);
    }

    [Theory, EachDatabase]
    public async Task A_sign_in_is_compared_with_what_ended_well_what_was_judged_and_fresh_failures(
        DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (events, ana) = await Begin(stores);
        await Fail(RiskResponse.Nothing);
        stores.Clock.Advance(RiskThresholds.Recently + TimeSpan.FromMilliseconds(1));
        await Fail(RiskResponse.Nothing);
        await Fail(RiskResponse.Nothing);
        await Fail(RiskResponse.Block);
        await Add(stores, events, Event(stores, ana) with { IpAddress = "203.0.113.1" });
        await Add(stores, events, Event(stores, ana) with { Type = EventType.PasswordChange });
        var judged = Event(stores, ana) with { Response = EventResponseType.Fail, Type = EventType.SignUp };
        await Add(stores, events, judged);
        await Judge(
            stores, events, ana, judged.Id, new("Invalid", AuthEventFeedback.ByAdministrator, stores.Now));

        var history = await events.HistoryOf(ana.PoolId, ana.Sub, 7, stores.Now, Stores.Cancellation);

        Assert.Equal((2, 7), (history.FailuresOfUser, history.FailuresFromNetwork));
        Assert.Equal("203.0.113.1", Assert.Single(history.Passed).IpAddress);
        Assert.Equal("Invalid", Assert.Single(history.Judged).Feedback);

        Task Fail(RiskResponse response) => Add(stores, events, Event(stores, ana) with
        {
            Response = EventResponseType.Fail,
            Risk = new() { Response = response },
        });
    }

    [Theory, EachDatabase]
    public async Task Events_go_after_two_years_and_with_their_user(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (events, ana) = await Begin(stores);
        await Add(stores, events, Event(stores, ana));
        stores.Clock.Advance(AuthEventStore.Retention - TimeSpan.FromSeconds(1));
        await Add(stores, events, Event(stores, ana));

        Assert.Equal(0, await events.Sweep(stores.Now, 10, Stores.Cancellation));
        stores.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await events.Sweep(stores.Now, 10, Stores.Cancellation));
        Assert.Equal(1, await Count(stores));
        await stores.Write(transaction => stores.Users.Delete(transaction, ana, Stores.Cancellation));

        Assert.Equal(0, await Count(stores));
    }

    private static async Task<(AuthEventStore Events, User Ana)> Begin(Stores stores)
    {
        var pool = await stores.Add(Sample.Pool());
        var ana = await stores.Add(pool, Sample.User(pool, "ana"));
        return (new(stores.Database, stores.Users), ana);
    }

    private static AuthEvent Event(Stores stores, User user) => new()
    {
        Id = stores.Random.TimedId(stores.Now),
        Type = EventType.SignIn,
        Response = EventResponseType.Pass,
        PoolId = user.PoolId,
        ClientId = "client",
        User = new(user.Sub, user.Username),
        IpAddress = "192.0.2.1",
        DeviceName = "Firefox",
        DeviceMark = "mark",
        RequestId = "request",
        At = stores.Now,
    };

    private static string Id(PastAuthEvent happened) => happened.Id;

    private static Task Add(Stores stores, AuthEventStore events, AuthEvent happened) =>
        stores.Write(transaction => events.Add(transaction, happened, Stores.Cancellation));

    private static Task<bool> Judge(
        Stores stores, AuthEventStore events, User user, string id, AuthEventFeedback feedback) =>
        stores.Database.Write(
            transaction => events.SetFeedback(
                transaction, user.PoolId, user.Sub, id, feedback, Stores.Cancellation),
            Stores.Cancellation);

    private static Task<IReadOnlyList<PastAuthEvent>> List(
        AuthEventStore events, User user, string? before, int limit) =>
        events.List(user.PoolId, user.Sub, before, limit, Stores.Cancellation);

    private static Task<long?> Count(Stores stores) => stores.Database
        .Sql("SELECT COUNT(*) FROM auth_event")
        .Number(Stores.Cancellation);
}
