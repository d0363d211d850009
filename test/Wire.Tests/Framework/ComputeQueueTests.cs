using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

/// <summary>Who computes when, and who is refused.</summary>
public sealed class ComputeQueueTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_compute_at_a_time_where_nobody_else_calls()
    {
        using var queue = new ComputeQueue(2, 10, clock);

        for (var round = 0; round < 3; round++) Assert.True(await CanMeet(queue));
    }

    [Fact]
    public async Task One_rests_while_calls_come_that_hash_nothing()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        queue.Notice(NewCall());

        Assert.Equal(1, await MostAtATime(queue));

        clock.Advance(ComputeQueue.Expectation);
        Assert.True(await CanMeet(queue));
    }

    [Fact]
    public async Task Who_rests_gets_up_for_an_operation_that_has_nobody_computing()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        using var open = new ManualResetEventSlim();
        queue.Notice(NewCall());
        var crowd = Crowd(queue, open);

        Assert.Equal(1, await queue.Run(() => 1, NewCall("InitiateAuth")).WaitAsync(Forever, Cancelled));

        open.Set();
        Assert.All(await crowd, Assert.True);
    }

    [Fact]
    public async Task A_crowd_leaves_one_free_for_an_operation_that_was_just_called()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        using var open = new ManualResetEventSlim();
        await ComputeFor(TimeSpan.FromMilliseconds(10), queue);
        var crowd = Crowd(queue, open);

        for (var call = 0; call < 3; call++) await ComputeFor(TimeSpan.FromMilliseconds(10), queue);

        open.Set();
        Assert.All(await crowd, Assert.True);
    }

    [Fact]
    public async Task A_crowd_computes_alone_while_another_operation_is_expected()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        await ComputeFor(TimeSpan.FromMilliseconds(10), queue);

        Assert.Equal(1, await MostAtATime(queue));
    }

    [Fact]
    public async Task Who_is_expected_stays_so_when_a_crowd_has_gone_and_comes_again()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        await ComputeFor(TimeSpan.FromMilliseconds(10), queue);
        await ComputeFor(TimeSpan.FromMilliseconds(1), queue, "SignUp");

        Assert.Equal(1, await MostAtATime(queue));
    }

    [Fact]
    public async Task An_operation_is_expected_for_twice_as_long_as_it_computed()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        await ComputeFor(TimeSpan.FromMilliseconds(10), queue);
        var meeting = CanMeet(queue);

        clock.Advance(TimeSpan.FromMilliseconds(20));

        Assert.True(await meeting);
    }

    [Fact]
    public async Task An_operation_leaves_nothing_free_for_itself()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        await ComputeFor(TimeSpan.FromMilliseconds(10), queue, "SignUp");

        Assert.True(await CanMeet(queue));
    }

    [Fact]
    public async Task Nobody_rests_for_calls_that_hash()
    {
        using var queue = new ComputeQueue(2, 10, clock);
        var call = NewCall();
        await queue.Run(() => 0, call);

        queue.Notice(call);

        for (var round = 0; round < 3; round++) Assert.True(await CanMeet(queue));
    }

    [Fact]
    public async Task What_is_brief_waits_for_no_hash()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        using var open = new ManualResetEventSlim();
        var crowd = Crowd(queue, open);

        Assert.Equal(1, await queue.RunBriefly(() => 1, NewCall()).WaitAsync(Forever, Cancelled));

        open.Set();
        Assert.All(await crowd, Assert.True);
    }

    [Fact]
    public async Task One_rests_while_calls_come_that_compute_briefly()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        var call = NewCall("InitiateAuth");
        await queue.RunBriefly(() => 0, call);

        queue.Notice(call);

        Assert.Equal(1, await MostAtATime(queue));
    }

    [Fact]
    public async Task The_only_one_never_rests()
    {
        using var queue = new ComputeQueue(1, 10, clock);
        queue.Notice(NewCall());

        for (var number = 0; number < 3; number++)
            Assert.Equal(number, await queue.Run(() => number, NewCall()).WaitAsync(Forever, Cancelled));
    }

    [Fact]
    public async Task Who_finds_too_many_waiting_is_refused()
    {
        using var queue = new ComputeQueue(1, 1, clock);
        using var open = new ManualResetEventSlim();
        Task<bool> Wait() => queue.Run(() => open.Wait(Forever), NewCall());
        Task<bool>[] admitted = [Wait(), Wait()];

        var refusal = await Assert.ThrowsAsync<ApiException>(Wait);

        Assert.Equal("TooManyRequestsException", refusal.Code);
        open.Set();
        Assert.All(await Task.WhenAll(admitted), Assert.True);
    }

    [Fact]
    public async Task Operations_take_turns_and_each_serves_who_came_first()
    {
        using var queue = new ComputeQueue(1, 100, clock);
        using var open = new ManualResetEventSlim();
        var order = new List<string>();
        Task<int> Stand(string operation, string name) =>
            queue.Run(() => Add(order, name), NewCall(operation));
        using var begun = new ManualResetEventSlim();
        var first = queue.Run(
            () =>
            {
                begun.Set();
                return open.Wait(Forever);
            },
            NewCall());
        // Who was first has had a turn, and does not stand in line any more.
        Assert.True(begun.Wait(Forever, Cancelled));
        Task<int>[] waiting =
        [
            Stand("SignUp", "a"), Stand("SignUp", "b"), Stand("SignUp", "c"), Stand("InitiateAuth", "d"),
            Stand("InitiateAuth", "e"), Stand("ChangePassword", "f"),
        ];

        open.Set();
        await Task.WhenAll(waiting).WaitAsync(Forever, Cancelled);

        Assert.True(await first);
        Assert.Equal(["a", "d", "f", "b", "e", "c"], order);
    }

    [Fact]
    public async Task What_a_computation_throws_comes_to_its_caller()
    {
        using var queue = new ComputeQueue(1, 1, clock);

        await Assert.ThrowsAsync<FormatException>(() => queue.Run(() => int.Parse("x"), NewCall()));

        Assert.Equal(1, await queue.Run(() => 1, NewCall()));
    }

    private static int Add(List<string> order, string name)
    {
        order.Add(name);
        return order.Count;
    }

    private static Call NewCall(string operation = "SignUp") =>
        new("c", DateTimeOffset.UnixEpoch, "192.0.2.1", "", CancellationToken.None) { Operation = operation };

    /// <summary>Sign-ups that compute until they may go.</summary>
    private static Task<bool[]> Crowd(ComputeQueue queue, ManualResetEventSlim open) =>
        Task.WhenAll(Enumerable.Range(0, 10).Select(_ => queue.Run(() => open.Wait(Forever), NewCall())));

    /// <summary>A computation that takes so long, and at the end of which nobody else waits for the
    /// like.</summary>
    private async Task ComputeFor(TimeSpan duration, ComputeQueue queue, string operation = "InitiateAuth")
    {
        await queue
            .Run(
                () =>
                {
                    clock.Advance(duration);
                    return 0;
                },
                NewCall(operation))
            .WaitAsync(Forever, Cancelled);
    }

    /// <summary>Whether two computations are under way at the same time: each ends only once the other has
    /// begun.</summary>
    private static async Task<bool> CanMeet(ComputeQueue queue)
    {
        using var meeting = new Barrier(2);
        var met = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            queue.Run(() => meeting.SignalAndWait(Forever), NewCall())));
        return met.All(each => each);
    }

    private static async Task<int> MostAtATime(ComputeQueue queue)
    {
        var (now, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => queue.Run(
            () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                Thread.SpinWait(100_000);
                return Interlocked.Decrement(ref now);
            },
            NewCall())));
        return most;
    }
}
