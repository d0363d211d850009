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
    public async Task One_rests_while_calls_come_that_compute_nothing()
    {
        using var queue = new ComputeQueue(2, 100, clock);
        queue.Notice(NewCall());
        Assert.True(await CanMeet(queue));

        Assert.Equal(1, await MostAtATime(queue));

        clock.Advance(ComputeQueue.Expectation);
        Assert.True(await CanMeet(queue));
    }

    [Fact]
    public async Task Nobody_rests_for_calls_that_compute()
    {
        using var queue = new ComputeQueue(2, 10, clock);
        var call = NewCall();
        await queue.Run(() => 0, call);

        queue.Notice(call);

        for (var round = 0; round < 3; round++) Assert.True(await CanMeet(queue));
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
            queue.Run(() => Add(order, name), NewCall() with { Operation = operation });
        var first = queue.Run(() => open.Wait(Forever), NewCall());
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

    private static Call NewCall() =>
        new("c", DateTimeOffset.UnixEpoch, "192.0.2.1", "", CancellationToken.None);

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
