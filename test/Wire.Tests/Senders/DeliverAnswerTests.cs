using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Senders;

/// <summary>What leaves of a call that does not end well: what it has committed, and nothing else.</summary>
public sealed class DeliverAnswerTests
{
    private static readonly IReadOnlyList<string> Declared = [Errors.CodeDeliveryFailureException];

    private static readonly ApiException Refused = new(Errors.NotAuthorizedException, "Not today.");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("refused", false)]
    [InlineData("refused", true)]
    [InlineData("failed", false)]
    [InlineData("failed", true)]
    [InlineData("left alone", false)]
    public async Task What_is_committed_leaves_however_the_call_ends(string way, bool hidesExistence)
    {
        Exception end = way switch
        {
            "refused" => Refused,
            "failed" => new InvalidOperationException("A defect."),
            _ => new OperationCanceledException(),
        };
        await using var world = await World.Start(DatabaseKind.Memory);
        var call = CallOf(world);
        call.HidesExistence = hidesExistence;

        var told = await Run(world, call, async () =>
        {
            await Commit(world, call, "m");
            throw end;
        });

        Assert.Same(end, told);
        Assert.Equal("m", Assert.Single(world.Email.Sent).Id);
        Assert.Equal(OutboxState.Sent, (await world.Get<Outbox>().Find("m", Cancelled))!.State);
    }

    [Fact]
    public async Task The_caller_is_told_of_the_calls_error_and_not_of_the_transports()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Email.Refusal = new DeliveryException("No such mailbox.", permanent: true);
        var call = CallOf(world);

        var told = await Run(world, call, async () =>
        {
            await Commit(world, call, "m");
            throw Refused;
        });

        Assert.Same(Refused, told);
        Assert.Equal(OutboxState.Failed, (await world.Get<Outbox>().Find("m", Cancelled))!.State);
    }

    [Fact]
    public async Task Nobody_who_is_refused_waits_for_a_transport()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var taking = new TaskCompletionSource();
        world.Email.Taking = taking.Task;
        var call = CallOf(world);

        var answer = world.Get<DeliverAnswer>().Of<int>(
            async () =>
            {
                await Commit(world, call, "m");
                throw Refused;
            },
            Declared, call);

        Assert.Same(Refused, await Assert.ThrowsAsync<ApiException>(() => answer.WaitAsync(Cancelled)));
        taking.SetResult();
        await world.Get<MessageDelivery>().Idle();
        Assert.Single(world.Email.Sent);
    }

    [Theory, EachDatabase]
    public async Task What_is_rolled_back_never_leaves(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var call = CallOf(world);

        await Run(world, call, async () =>
        {
            await Commit(world, call, "first");
            await Commit(world, call, "second", Refused);
        });
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DeliverDue();

        Assert.Equal("first", Assert.Single(world.Email.Sent).Id);
    }

    [Fact]
    public async Task What_a_call_has_committed_before_it_begins_anew_leaves_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var call = CallOf(world);

        var told = await Run(world, call, async () =>
        {
            await Commit(world, call, "first");
            call.Restart();
            await Commit(world, call, "second");
        });
        await Run(world, call, () => Task.FromException(Refused));

        Assert.Null(told);
        Assert.Equal(["first", "second"], world.Email.Sent.Select(mail => mail.Id).Order());
    }

    private static Call CallOf(World world) =>
        new("request", world.Clock.GetUtcNow(), "192.0.2.1", "", CancellationToken.None);

    /// <summary>What the caller is told instead of an answer; null for nothing.</summary>
    private static async Task<Exception?> Run(World world, Call call, Func<Task> act)
    {
        var told = await Record.ExceptionAsync(() => world.Get<DeliverAnswer>().Of(
            async () =>
            {
                await act();
                return true;
            },
            Declared, call));
        await world.Get<MessageDelivery>().Idle();
        return told;
    }

    private static Task Commit(World world, Call call, string id, Exception? failure = null)
    {
        var message = new OutgoingMessage(
            id, "us-east-1_Pool", "sub", DeliveryMedium.Email, "SignUp", "ana@example.com", "Hello", "Hello",
            null, null, call.Now);
        return world.Database.Write(
            async transaction =>
            {
                await world.Get<MessageDelivery>().Commit(transaction, message, call);
                if (failure is not null) throw failure;
            },
            Cancelled);
    }
}
