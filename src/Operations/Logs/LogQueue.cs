using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Operations.Logs;

/// <summary>
/// Hands log lines to their sink behind the backs of those who write them: a sink can be slow, refuse, or
/// hang, and nobody waits or fails for it. Lines of one destination leave in their order, several together
/// while the sink is busy; each destination has its own turn. What does not fit is dropped, counted and
/// reported (doc: delivery is best effort).
/// </summary>
public sealed partial class LogQueue(ILogSink sink, TimeProvider clock, ILogger<LogQueue> log)
{
    /// <summary>Lines that may wait in all.</summary>
    public const int Capacity = 10_000;

    /// <summary>Lines that may wait for one destination, so that a dead one leaves room for
    /// others.</summary>
    public const int CapacityOfOne = 2_000;

    /// <summary>Lines that a sink is given at once.</summary>
    public const int MaxBatch = 200;

    /// <summary>Longer than a sink that tries again may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private int waiting;
    private long lost;
    private long unreported;

    /// <summary>How many lines were dropped or refused so far.</summary>
    public long Lost => Interlocked.Read(ref lost);

    /// <summary>Puts a line in its row and returns at once.</summary>
    /// <param name="destination">As in <see cref="LogBatch"/>.</param>
    /// <param name="stream">As in <see cref="LogBatch"/>.</param>
    /// <param name="line">Without a line break.</param>
    public void Add(string destination, string stream, string line)
    {
        lock (gate)
        {
            var lane = lanes.GetValueOrDefault(destination);
            if (waiting >= Capacity || lane?.Lines.Count >= CapacityOfOne)
            {
                Interlocked.Increment(ref lost);
                unreported++;
                return;
            }

            waiting++;
            if (lane is not null)
            {
                lane.Lines.Enqueue((stream, line));
                return;
            }

            lane = new Lane();
            lane.Lines.Enqueue((stream, line));
            lanes.Add(destination, lane);
            lane.Emptying = Task.Run(() => Empty(destination, lane));
        }
    }

    /// <summary>Done once no line waits and none is under way.</summary>
    public async Task Idle()
    {
        while (UnderWay() is { Length: > 0 } work) await Task.WhenAll(work);
    }

    /// <summary>Waits until everything has left, or until <paramref name="cancellation"/>: what is then still
    /// here is lost, and the log says how much.</summary>
    public async Task Flush(CancellationToken cancellation)
    {
        try
        {
            await Idle().WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            lock (gate)
            {
                Interlocked.Add(ref lost, waiting);
                unreported += waiting;
            }
        }

        ReportDropped();
    }

    private Task[] UnderWay()
    {
        lock (gate) return [.. lanes.Values.Select(lane => lane.Emptying)];
    }

    private async Task Empty(string destination, Lane lane)
    {
        while (Take(destination, lane) is { } batch)
        {
            await Write(batch);
            ReportDropped();
        }
    }

    /// <summary>The next lines of one stream; null, and no lane any more, where none are left.</summary>
    private LogBatch? Take(string destination, Lane lane)
    {
        lock (gate)
        {
            if (!lane.Lines.TryPeek(out var first))
            {
                lanes.Remove(destination);
                return null;
            }

            var lines = new List<string>();
            while (lines.Count < MaxBatch
                && lane.Lines.TryPeek(out var next)
                && next.Stream == first.Stream)
            {
                lines.Add(lane.Lines.Dequeue().Line);
            }

            waiting -= lines.Count;
            return new(destination, first.Stream, lines);
        }
    }

    private async Task Write(LogBatch batch)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        try
        {
            // WaitAsync also leaves a sink behind that ignores cancellation.
            await sink.Write(batch, limit.Token).WaitAsync(limit.Token);
        }
        catch (DeliveryException refused)
        {
            Lose(batch, refused.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Lose(batch, "The sink did not take them in time.");
        }
#pragma warning disable CA1031 // Nobody waits for this; the next lines may fare better.
        catch (Exception failure)
#pragma warning restore CA1031 // See above.
        {
            Lose(batch, failure.GetType().Name);
        }
    }

    private void Lose(LogBatch batch, string reason)
    {
        Interlocked.Add(ref lost, batch.Lines.Count);
        LogRefused(log, batch.Lines.Count, batch.Destination, reason);
    }

    private void ReportDropped()
    {
        long count;
        lock (gate) (count, unreported) = (unreported, 0);
        if (count > 0) LogDropped(log, count);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} log lines for {Destination} were lost: {Reason}")]
    private static partial void LogRefused(ILogger log, int count, string destination, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Count} log lines were dropped: sinks are slower than events come")]
    private static partial void LogDropped(ILogger log, long count);

    /// <summary>What waits for one destination, and the work that empties it.</summary>
    private sealed class Lane
    {
        public Queue<(string Stream, string Line)> Lines { get; } = new();

        public Task Emptying { get; set; } = Task.CompletedTask;
    }
}
