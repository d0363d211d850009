using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Senders;

/// <summary>When messages leave, in which order, and until when.</summary>
public sealed class MessageDeliveryTests
{
    private const string Number = "+15551230001";
    private const string TooMany = "Too many text messages to this number.";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly DeliveryException Away = new("The transport is away.", permanent: false);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Messages_of_calls_that_died_are_counted_too(DatabaseKind kind)
    {
        await using var world = await World.Start(kind, messages: new(SmsPerNumberPerHour: 2));
        for (var i = 0; i < 5; i++) await Add(world, Text($"m{i}"));
        world.Clock.Advance(Minute);

        await world.DeliverDue();

        Assert.Equal(2, world.Sms.Sent.Count);
        // Which two is open: they leave side by side.
        var entries = await world.Get<Outbox>().List("us-east-1_Pool", new(), 10, Cancelled);
        Assert.Equal(2, entries.Count(entry => (entry.State, entry.Error) == (OutboxState.Sent, null)));
        Assert.Equal(3, entries.Count(entry => (entry.State, entry.Error) == (OutboxState.Failed, TooMany)));
    }

    [Fact]
    public async Task Messages_of_calls_that_found_no_room_are_counted_too()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, messages: new(SmsPerNumberPerHour: 2));
        var taking = new TaskCompletionSource();
        world.Sms.Taking = taking.Task;
        for (var i = 0; i < 300; i++) await Send(world, Text($"other{i}", $"+1555124{i:D4}"));
        for (var i = 0; i < 10; i++) await Send(world, Text($"m{i}"));
        taking.SetResult();
        await world.Get<MessageDelivery>().Idle();
        world.Clock.Advance(Minute);

        await world.DeliverDue();

        Assert.Equal(302, world.Sms.Sent.Count);
        Assert.Equal(2, world.Sms.Sent.Count(text => text.To == Number));
    }

    [Fact]
    public async Task A_repeated_attempt_is_not_counted_again()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, messages: new(EmailsPerDay: 1, SmsPerNumberPerHour: 1));
        world.Sms.Refusal = world.Email.Refusal = Away;
        await Send(world, Text("text"));
        await Send(world, Mail("mail") with { Route = new() { IsMetered = true } });
        await world.Get<MessageDelivery>().Idle();
        world.Sms.Refusal = world.Email.Refusal = null;
        world.Clock.Advance(Minute);

        await world.DeliverDue();

        Assert.Single(world.Sms.Sent);
        Assert.Single(world.Email.Sent);
    }

    [Fact]
    public async Task A_message_is_held_as_long_as_it_is_being_sent()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var taking = new TaskCompletionSource();
        world.Email.Taking = taking.Task;
        await Send(world, Mail("m"));

        for (var i = 0; i < 30; i++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(20));
            await Until(async () =>
                (await Find(world, "m")).NextAttemptAt == world.Clock.GetUtcNow() + Minute);
        }

        taking.SetResult();
        await world.Get<MessageDelivery>().Idle();
        world.Clock.Advance(Minute);
        await world.DeliverDue();
        Assert.Single(world.Email.Sent);
        var entry = await Find(world, "m");
        Assert.Equal((OutboxState.Sent, 1), (entry.State, entry.Attempts));
    }

    [Fact]
    public async Task A_server_that_stops_gives_up_what_hangs_and_leaves_it_to_be_sent()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Email.Taking = world.Sms.Taking = new TaskCompletionSource().Task;
        await Send(world, Mail("of a call"));
        await Add(world, Text("due"));
        world.Clock.Advance(Minute);
        using var stopping = new CancellationTokenSource();
        await world.Get<MessageDelivery>().DeliverDue(DeliveryMedium.Sms, stopping.Token);

        await stopping.CancelAsync();
        await world.Get<MessageDelivery>().DisposeAsync().AsTask().WaitAsync(Cancelled);

        foreach (var id in (string[])["of a call", "due"])
            Assert.Equal(OutboxState.Pending, (await Find(world, id)).State);
        Assert.Empty(world.Get<FailureLog>().Errors);
    }

    [Fact]
    public async Task A_text_message_is_tried_again_after_half_a_minute()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var taking = new TaskCompletionSource();
        world.Sms.Taking = taking.Task;
        await Send(world, Text("m"));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await world.Get<MessageDelivery>().Idle();

        Assert.Equal("The transport did not answer in time.", (await Find(world, "m")).Error);
    }

    [Fact]
    public async Task A_transport_that_hangs_holds_up_no_other()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var taking = new TaskCompletionSource();
        world.Sms.Taking = taking.Task;
        for (var i = 0; i < 50; i++) await Add(world, Text($"m{i:D2}"));
        await Add(world, Mail("mail"));
        world.Clock.Advance(Minute);

        Assert.True(await world.Get<MessageDelivery>().DeliverDue(DeliveryMedium.Sms, Cancelled));
        Assert.False(await world.Get<MessageDelivery>().DeliverDue(DeliveryMedium.Email, Cancelled));

        await Until(() => Task.FromResult(world.Email.Sent.Count == 1));
        for (var i = 0; i < 300; i++) await Send(world, Text($"n{i}"));
        await Send(world, Mail("mail of a call"));
        await Until(() => Task.FromResult(world.Email.Sent.Count == 2));
        taking.SetResult();
        await world.Get<MessageDelivery>().Idle();
        await world.DeliverDue();
        Assert.Equal(50 + 256, world.Sms.Sent.Count);
    }

    [Fact]
    public async Task A_message_that_hangs_holds_up_only_its_own_place()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var taking = new TaskCompletionSource();
        world.Email.Taking = taking.Task;
        await Add(world, Mail("hangs"));
        world.Clock.Advance(Minute);
        await world.Get<MessageDelivery>().DeliverDue(DeliveryMedium.Email, Cancelled);
        world.Email.Taking = Task.CompletedTask;
        for (var i = 0; i < 8; i++) await Add(world, Mail($"m{i}"));
        world.Clock.Advance(Minute);
        await Until(async () => (await Find(world, "hangs")).NextAttemptAt > world.Clock.GetUtcNow());

        Assert.True(await world.Get<MessageDelivery>().DeliverDue(DeliveryMedium.Email, Cancelled));
        await Until(() => Task.FromResult(world.Email.Sent.Count == 7));
        Assert.False(await world.Get<MessageDelivery>().DeliverDue(DeliveryMedium.Email, Cancelled));
        await Until(() => Task.FromResult(world.Email.Sent.Count == 8));

        taking.SetResult();
        await world.Get<MessageDelivery>().Idle();
        Assert.Equal(9, world.Email.Sent.Count);
    }

    [Fact]
    public async Task A_message_is_tried_for_five_days_at_least_once_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Email.Refusal = Away;
        await Send(world, Mail("m"));
        await world.Get<MessageDelivery>().Idle();

        var entry = await Find(world, "m");
        while (entry.NextAttemptAt is { } next)
        {
            Assert.InRange(next - world.Clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromHours(1));
            world.Clock.SetUtcNow(next);
            await world.DeliverDue();
            entry = await Find(world, "m");
        }

        Assert.Equal((OutboxState.Failed, Away.Message), (entry.State, entry.Error));
        var age = world.Clock.GetUtcNow() - World.Beginning;
        Assert.InRange(age, TimeSpan.FromDays(5), TimeSpan.FromHours(121));
        Assert.InRange(entry.Attempts, 121, 140);
    }

    [Fact]
    public async Task A_message_is_dated_when_it_came_to_be()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Email.Refusal = Away;
        await Send(world, Mail("m"));
        await world.Get<MessageDelivery>().Idle();
        world.Email.Refusal = null;
        world.Clock.Advance(TimeSpan.FromDays(1));

        await world.DeliverDue();

        Assert.Equal(World.Beginning, Assert.Single(world.Email.Sent).CreatedAt);
    }

    private static OutgoingMessage Text(string id, string to = Number) => new(
        id, "us-east-1_Pool", "sub", DeliveryMedium.Sms, "SignUp", to, null, "Hello", null, null,
        World.Beginning);

    private static OutgoingMessage Mail(string id) => new(
        id, "us-east-1_Pool", "sub", DeliveryMedium.Email, "SignUp", "ana@example.com", "Hello", "Hello",
        null, null, World.Beginning);

    /// <summary>As a call does that dies right after its commit.</summary>
    private static Task Add(World world, OutgoingMessage message) => world.Database.Write(
        transaction => world.Get<Outbox>().Add(
            transaction, message, world.Clock.GetUtcNow() + Minute, Cancelled),
        Cancelled);

    /// <summary>As a call does; it may still be under way afterwards.</summary>
    private static async Task Send(World world, OutgoingMessage message)
    {
        await Add(world, message);
        world.Get<MessageDelivery>().DeliverApart(message);
    }

    private static async Task<OutboxEntry> Find(World world, string id) =>
        (await world.Get<Outbox>().Find(id, Cancelled))!;

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (await isSo()) return;
            await Task.Delay(10, Cancelled);
        }

        Assert.Fail("It has not come to it in ten seconds.");
    }
}
