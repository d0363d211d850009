using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Senders;

/// <summary>When messages leave, in which order, and until when.</summary>
public sealed class MessageDeliveryTests
{
    private const string Number = "+15551230001";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

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
