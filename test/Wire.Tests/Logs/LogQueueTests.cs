using System.Collections.Concurrent;
using System.Globalization;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Wire.Tests.Logs;

public sealed class LogQueueTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly HeldSink sink = new();
    private readonly Warnings log = new();
    private readonly LogQueue queue;

    public LogQueueTests() => queue = new(sink, clock, log);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_leave_in_their_order_and_together_while_the_sink_is_busy()
    {
        var hold = sink.Hold("a");
        queue.Add("a", "s", "1");
        await hold.Entered;
        foreach (var line in (string[])["2", "3", "4"]) queue.Add("a", "s", line);
        queue.Add("a", "t", "5");
        queue.Add("a", "s", "6");

        hold.Release();
        await queue.Idle();

        Assert.Equal(["a/s 1", "a/s 2 3 4", "a/t 5", "a/s 6"], sink.Taken);
        Assert.Equal(0, queue.Lost);
    }

    [Fact]
    public async Task No_sink_is_given_more_at_once_than_a_batch()
    {
        var hold = sink.Hold("a");
        queue.Add("a", "s", "0");
        await hold.Entered;
        for (var line = 1; line <= LogQueue.MaxBatch + 1; line++) queue.Add("a", "s", $"{line}");

        hold.Release();
        await queue.Idle();

        Assert.Equal([1, LogQueue.MaxBatch, 1], sink.Taken.Select(batch => batch.Split(' ').Length - 1));
    }

    [Fact]
    public async Task A_dead_destination_drops_its_own_lines_and_holds_up_no_other()
    {
        var hold = sink.Hold("dead");
        queue.Add("dead", "s", "under way");
        await hold.Entered;
        for (var line = 0; line < LogQueue.CapacityOfOne + 7; line++)
            queue.Add("dead", "s", line.ToString(CultureInfo.InvariantCulture));

        queue.Add("alive", "s", "hello");
        await sink.Took("alive/s hello");

        Assert.Equal(7, queue.Lost);
        hold.Release();
        await queue.Idle();
        Assert.Equal(7, queue.Lost);
        Assert.Contains(
            log.Said, text => text.StartsWith("7 log lines were dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_is_bounded_over_all_destinations()
    {
        const int Destinations = 8;
        var holds = Enumerable.Range(0, Destinations).Select(number => sink.Hold($"d{number}")).ToArray();
        for (var number = 0; number < Destinations; number++) queue.Add($"d{number}", "s", "under way");
        foreach (var hold in holds) await hold.Entered;

        for (var number = 0; number < Destinations; number++)
        {
            for (var line = 0; line < LogQueue.CapacityOfOne; line++) queue.Add($"d{number}", "s", "x");
        }

        Assert.Equal((Destinations * LogQueue.CapacityOfOne) - LogQueue.Capacity, queue.Lost);
        foreach (var hold in holds) hold.Release();
        await queue.Idle();
    }

    [Fact]
    public async Task A_sink_that_never_answers_is_left_behind()
    {
        var hold = sink.Hold("a");
        queue.Add("a", "s", "1");
        await hold.Entered;
        queue.Add("a", "s", "2");

        clock.Advance(TimeSpan.FromMinutes(2));
        await queue.Idle();

        Assert.Equal(["a/s 2"], sink.Taken);
        Assert.Equal(1, queue.Lost);
        Assert.Equal(["1 log lines for a were lost: The sink did not take them in time."], log.Said);
    }

    [Fact]
    public async Task A_refusal_is_reported_with_its_reason_and_the_next_lines_are_tried()
    {
        sink.Failure = new DeliveryException("The disk is full.", permanent: false);
        queue.Add("a", "s", "1");
        await queue.Idle();
        sink.Failure = new InvalidOperationException("secret text");
        queue.Add("a", "s", "2");
        await queue.Idle();
        sink.Failure = null;
        queue.Add("a", "s", "3");
        await queue.Idle();

        Assert.Equal(["a/s 3"], sink.Taken);
        Assert.Equal(2, queue.Lost);
        Assert.Equal(
            [
                "1 log lines for a were lost: The disk is full.",
                "1 log lines for a were lost: InvalidOperationException",
            ],
            log.Said);
    }

    [Fact]
    public async Task Flushing_waits_for_the_last_line()
    {
        var hold = sink.Hold("a");
        queue.Add("a", "s", "1");
        await hold.Entered;

        var flushed = queue.Flush(Cancelled);
        Assert.False(flushed.IsCompleted);
        hold.Release();
        await flushed;

        Assert.Equal(["a/s 1"], sink.Taken);
    }

    [Fact]
    public async Task Flushing_ends_when_it_may_take_no_longer_and_says_what_is_lost()
    {
        var hold = sink.Hold("a");
        queue.Add("a", "s", "1");
        await hold.Entered;
        queue.Add("a", "s", "2");
        queue.Add("a", "s", "3");

        await queue.Flush(new CancellationToken(canceled: true));

        Assert.Equal(2, queue.Lost);
        Assert.Contains(
            log.Said, text => text.StartsWith("2 log lines were dropped", StringComparison.Ordinal));
        hold.Release();
        await queue.Idle();
    }

    /// <summary>Takes what it is given, and holds the first batch of some destinations until it is told to go
    /// on.</summary>
    private sealed class HeldSink : ILogSink
    {
        private readonly ConcurrentDictionary<string, Held> held = new();
        private readonly ConcurrentQueue<string> taken = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource> awaited = new();

        public Exception? Failure { get; set; }

        public IReadOnlyList<string> Taken => [.. taken];

        public Held Hold(string destination) => held[destination] = new Held();

        public Task Took(string batch) => Awaited(batch).Task;

        public async Task Write(LogBatch batch, CancellationToken cancellation)
        {
            if (Failure is not null) throw Failure;
            if (held.TryRemove(batch.Destination, out var first)) await first.Pass();
            var text = $"{batch.Destination}/{batch.Stream} {string.Join(' ', batch.Lines)}";
            taken.Enqueue(text);
            Awaited(text).TrySetResult();
        }

        private TaskCompletionSource Awaited(string batch) =>
            awaited.GetOrAdd(batch, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class Held
    {
        private readonly TaskCompletionSource entered =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => entered.Task;

        public void Release() => released.SetResult();

        public Task Pass()
        {
            entered.SetResult();
            return released.Task;
        }
    }

    private sealed class Warnings : ILogger<LogQueue>
    {
        private readonly ConcurrentQueue<string> said = new();

        public IReadOnlyList<string> Said => [.. said];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => said.Enqueue(formatter(state, exception));
    }
}
