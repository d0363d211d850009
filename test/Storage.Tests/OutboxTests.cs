using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

public sealed class OutboxTests
{
    private const string Pool = "eu-west-1_Plain0001";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly OutboxFilter OfUser = new("s");

    [Theory, EachDatabase]
    public async Task A_message_belongs_to_the_call_that_caused_it_until_it_is_taken_over(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "m1");

        Assert.Empty(await TakeDue(stores));
        var entry = Assert.Single(await stores.Outbox.List(Pool, OfUser, 9, Stores.Cancellation));
        Assert.Equal((OutboxState.Pending, 1), (entry.State, entry.Attempts));
    }

    [Theory, EachDatabase]
    public async Task A_message_of_a_call_that_died_becomes_due(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "m1");
        stores.Clock.Advance(Minute);

        var due = Assert.Single(await TakeDue(stores));
        Assert.Empty(await TakeDue(stores));
        // The worker died too.
        stores.Clock.Advance(Minute);
        var again = Assert.Single(await TakeDue(stores));

        Assert.Equal(Sample.Message("m1"), due.Message);
        Assert.Equal(("m1", 2), (due.Message.Id, due.Attempt));
        Assert.Equal(("m1", 3), (again.Message.Id, again.Attempt));
    }

    [Theory, EachDatabase]
    public async Task What_waits_for_a_clock_that_has_stepped_back_is_due(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        foreach (var (id, minutes) in new[] { ("waits", 60), ("stranded", 62), ("sent", 62) })
        {
            await Add(stores, id);
            await stores.Outbox.MarkFailed(
                id, "away", permanent: false, stores.Now + (minutes * Minute), Stores.Cancellation);
        }

        await stores.Outbox.MarkSent(["sent"], stores.Now, Stores.Cancellation);

        await stores.Outbox.BringForward(stores.Now, stores.Now + (61 * Minute), Stores.Cancellation);

        Assert.Equal("stranded", Assert.Single(await TakeDue(stores)).Message.Id);
    }

    [Theory, EachDatabase]
    public async Task Workers_on_several_nodes_share_what_is_due(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        for (var i = 0; i < 40; i++) await Add(stores, $"m{i}");
        stores.Clock.Advance(Minute);

        var rounds = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => TakeDue(stores, 5))));

        var taken = rounds.SelectMany(round => round).Select(leased => leased.Message.Id).ToList();
        taken.AddRange((await TakeDue(stores, 40))
            .Select(leased => leased.Message.Id));
        Assert.Equal(40, taken.Count);
        Assert.Equal(40, taken.Distinct().Count());
    }

    [Theory, EachDatabase]
    public async Task A_message_that_is_still_being_sent_stays_with_its_node(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "m1");
        await Add(stores, "m2");
        await stores.Outbox.MarkSent(["m2"], stores.Now, Stores.Cancellation);
        stores.Clock.Advance(Minute / 2);

        foreach (var id in (string[])["m1", "m2"])
            await stores.Outbox.Renew(id, stores.Now + Minute, Stores.Cancellation);

        stores.Clock.Advance(Minute / 2);
        Assert.Empty(await TakeDue(stores));
        stores.Clock.Advance(Minute / 2);
        Assert.Equal("m1", Assert.Single(await TakeDue(stores)).Message.Id);
    }

    [Theory, EachDatabase]
    public async Task Each_medium_is_a_queue_of_its_own(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        foreach (var id in (string[])["s1", "s2", "s3"])
            await Add(stores, Sample.Message(id) with { Medium = DeliveryMedium.Sms, To = "+15551230001" });
        stores.Clock.Advance(Minute);
        await Add(stores, "e1");
        stores.Clock.Advance(Minute);

        var email = Assert.Single(await TakeDue(stores, 2));
        var texts = await stores.Outbox.TakeDue(
            DeliveryMedium.Sms, stores.Now, 2, Minute, Stores.Cancellation);

        Assert.Equal("e1", email.Message.Id);
        Assert.Equal(2, texts.Count(text => text.Message.Medium == DeliveryMedium.Sms));
    }

    [Theory, EachDatabase]
    public async Task A_message_is_counted_once(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "m1");

        Assert.True(await NoteCounted("m1"));
        Assert.False(await NoteCounted("m1"));
        // Its user is gone, and the message still on its way.
        Assert.True(await NoteCounted("m2"));

        async Task<bool> NoteCounted(string id)
        {
            var isNew = false;
            await stores.Write(async transaction => isNew = await stores.Outbox.NoteCounted(
                transaction, id, stores.Now, Stores.Cancellation));
            return isNew;
        }
    }

    [Theory, EachDatabase]
    public async Task A_newer_message_on_its_topic_replaces_what_waits(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (then, later) = (stores.Now, stores.Now.AddSeconds(1));
        await Add(stores, "old", "SignUp", then);
        await Add(stores, "other topic", "Reset", then);
        await OutboxTests.Add(
            stores, Sample.Message("other user", "t") with { Topic = "SignUp", CreatedAt = then });
        await Add(stores, "none");
        await Add(stores, "new 1", "SignUp", later);
        // The same to another destination.
        await Add(stores, "new 2", "SignUp", later);
        stores.Clock.Advance(Minute);

        var due = await TakeDue(stores);

        Assert.Equal(6, due.Count);
        Assert.Equal("old", Assert.Single(due, leased => leased.IsReplaced).Message.Id);

        static Task Add(Stores stores, string id, string? topic = null, DateTimeOffset? at = null) =>
            OutboxTests.Add(
                stores, Sample.Message(id) with { Topic = topic, CreatedAt = at ?? stores.Now });
    }

    [Theory, EachDatabase]
    public async Task A_sent_message_is_erased_but_for_its_state(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "m1");

        await stores.Outbox.MarkSent(["m1"], stores.Now, Stores.Cancellation);

        var entry = Assert.Single(await stores.Outbox.List(Pool, OfUser, 9, Stores.Cancellation));
        Assert.Equal((OutboxState.Sent, 1, stores.Now), (entry.State, entry.Attempts, entry.SentAt));
        Assert.Null(entry.NextAttemptAt);
        Assert.Equal(0, await SealedRows(stores));
        stores.Clock.Advance(Minute);
        Assert.Empty(await TakeDue(stores));
    }

    [Theory, EachDatabase]
    public async Task A_failed_message_is_tried_again_until_it_fails_for_good(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "m1");

        var next = stores.Now + (2 * Minute);
        await stores.Outbox.MarkFailed("m1", "busy", false, next, Stores.Cancellation);
        stores.Clock.Advance(Minute);
        Assert.Empty(await TakeDue(stores));
        var waiting = Assert.Single(await stores.Outbox.List(Pool, OfUser, 9, Stores.Cancellation));
        Assert.Equal(
            (OutboxState.Pending, "busy", next), (waiting.State, waiting.Error, waiting.NextAttemptAt));

        stores.Clock.Advance(Minute);
        Assert.Single(await TakeDue(stores));
        await stores.Outbox.MarkFailed("m1", "no such box", true, stores.Now, Stores.Cancellation);

        var failed = Assert.Single(await stores.Outbox.List(Pool, OfUser, 9, Stores.Cancellation));
        Assert.Equal((OutboxState.Failed, "no such box"), (failed.State, failed.Error));
        Assert.Equal(0, await SealedRows(stores));
        stores.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await TakeDue(stores));
    }

    [Theory, EachDatabase]
    public async Task A_message_of_a_unit_that_is_undone_was_never_there(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(async transaction =>
        {
            await stores.Outbox.Add(transaction, Sample.Message("m1"), stores.Now, Stores.Cancellation);
            throw new ConflictException();
        }));

        Assert.Empty(await stores.Outbox.List(Pool, OfUser, 9, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task What_became_of_messages_is_listed_in_pages_newest_first(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        foreach (var id in (string[])["m1", "m2", "m3", "m4"]) await Add(stores, id);
        await stores.Outbox.MarkFailed("m2", "busy", false, stores.Now, Stores.Cancellation);
        await stores.Outbox.MarkSent(["m2", "m4"], stores.Now, Stores.Cancellation);
        await stores.Outbox.MarkFailed("m3", "no such box", true, stores.Now, Stores.Cancellation);

        Assert.Equal(["m4", "m3"], await Ids(new(), 2));
        Assert.Equal(["m2", "m1"], await Ids(new(Before: "m3"), 2));
        Assert.Equal(["m4", "m2"], await Ids(new("s", OutboxState.Sent), 9));
        Assert.Equal(["m3"], await Ids(new(State: OutboxState.Failed), 9));
        Assert.Equal(["m1"], await Ids(new(State: OutboxState.Pending), 9));
        Assert.Empty(await Ids(new("nobody"), 9));
        Assert.Empty(await stores.Outbox.List("eu-west-1_Other", new(), 9, Stores.Cancellation));
        var retried = await stores.Outbox.Find("m2", Stores.Cancellation);
        Assert.Equal((OutboxState.Sent, "busy", "s"), (retried!.State, retried.Error, retried.Sub));
        Assert.Null(await stores.Outbox.Find("m5", Stores.Cancellation));

        async Task<IEnumerable<string>> Ids(OutboxFilter filter, int limit) =>
            (await stores.Outbox.List(Pool, filter, limit, Stores.Cancellation)).Select(entry => entry.Id);
    }

    [Theory, EachDatabase]
    public async Task A_destination_is_kept_masked_only(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "m1");

        var entry = await stores.Outbox.Find("m1", Stores.Cancellation);

        Assert.Equal("a***@e***", entry!.Destination);
    }

    [Theory, EachDatabase]
    public async Task Only_finished_messages_are_swept(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Add(stores, "sent");
        await Add(stores, "waits");
        await stores.Outbox.MarkSent(["sent"], stores.Now, Stores.Cancellation);

        Assert.Equal(1, await stores.Outbox.Sweep(stores.Now, 9, Stores.Cancellation));

        var left = await stores.Outbox.List(Pool, OfUser, 9, Stores.Cancellation);
        Assert.Equal(["waits"], left.Select(entry => entry.Id));
    }

    private static Task Add(Stores stores, string id) => Add(stores, Sample.Message(id));

    private static Task Add(Stores stores, OutgoingMessage message) => stores.Write(
        transaction => stores.Outbox.Add(
            transaction, message, stores.Now + Minute, Stores.Cancellation));

    private static Task<IReadOnlyList<LeasedMessage>> TakeDue(Stores stores, int limit = 9) =>
        stores.Outbox.TakeDue(DeliveryMedium.Email, stores.Now, limit, Minute, Stores.Cancellation);

    private static Task<long?> SealedRows(Stores stores) => stores.Database
        .Sql("SELECT COUNT(*) FROM outbox WHERE sealed IS NOT NULL").Number(Stores.Cancellation);
}
