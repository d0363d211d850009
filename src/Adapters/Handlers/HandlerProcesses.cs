using System.Threading.Channels;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters.Handlers;

/// <summary>
/// The processes of one handler. An event takes one that is idle, or waits until one has started or has
/// become idle, whichever comes first. A start belongs to nobody: it goes on when the event that has asked
/// for it is given up, so that a burst of events on a slow machine does not start everything again and again.
/// </summary>
/// <param name="start">Starts a process; null where that cannot be.</param>
/// <param name="version">Of the handler's file, as it is now.</param>
internal sealed class HandlerProcesses(
    Func<HandlerProcess?> start, Func<(DateTime, int)> version, int max, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(30);
    private static readonly int MostStarting = Environment.ProcessorCount;

    private static readonly Offer NotThere = new(
        null, _ => new TriggerAnswer.NotInvoked("ResourceNotFoundException", MayRetry: false));

    private readonly Lock sync = new();
    private readonly Channel<Offer> offers = Channel.CreateUnbounded<Offer>();
    private readonly HashSet<HandlerProcess> all = [];
    private int waiting;
    private int starting;
    private int alive;
    private bool isDisposed;

    /// <summary>A process for one event, or what stands in for its answer.</summary>
    internal sealed record Offer(HandlerProcess? Process, Func<string, TriggerAnswer> Instead);

    /// <summary>Waits for a process that runs the file as it is now.</summary>
    public async Task<Offer> Take(CancellationToken cancellation)
    {
        while (true)
        {
            // A failure that nobody has waited for tells nothing about now.
            while (offers.Reader.TryRead(out var idle))
            {
                if (idle.Process is not null && IsUsable(idle.Process)) return idle;
            }

            var offer = await WaitForOne(cancellation);
            if (offer.Process is null || IsUsable(offer.Process)) return offer;
        }
    }

    /// <summary>The process has answered and may take another event.</summary>
    public void GiveBack(HandlerProcess process)
    {
        if (!process.IsAlive || !offers.Writer.TryWrite(Of(process))) End(process);
    }

    /// <summary>Ends a process, whatever it is doing.</summary>
    public void End(HandlerProcess process)
    {
        lock (sync)
        {
            // Whoever disposes of everything at once has done it already.
            if (!all.Remove(process)) return;
            alive--;
            StartMore();
        }

        process.Dispose();
    }

    /// <summary>Ends every process, also those that are in the midst of an event.</summary>
    public void Dispose()
    {
        lock (sync)
        {
            isDisposed = true;
            offers.Writer.TryComplete();
            foreach (var process in all) process.Dispose();
            all.Clear();
        }
    }

    private static Offer Of(HandlerProcess process) => new(process, NotThere.Instead);

    private bool IsUsable(HandlerProcess process)
    {
        if (process.IsAlive && process.Version == version()) return true;
        End(process);
        return false;
    }

    private async Task<Offer> WaitForOne(CancellationToken cancellation)
    {
        lock (sync)
        {
            waiting++;
            StartMore();
        }

        try
        {
            return await offers.Reader.ReadAsync(cancellation);
        }
        catch (ChannelClosedException)
        {
            return NotThere;
        }
        finally
        {
            lock (sync) waiting--;
        }
    }

    /// <summary>As many as events wait, but not more at a time than the machine can start.</summary>
    private void StartMore()
    {
        while (!isDisposed && starting < Math.Min(waiting, MostStarting) && alive < max)
        {
            starting++;
            alive++;
            _ = Task.Run(StartOne);
        }
    }

    private async Task StartOne()
    {
        var offer = await Started();
        lock (sync)
        {
            starting--;
            if (offer.Process is null) alive--;
            // A failure is told to all who wait: another start would go no better.
            for (var i = offer.Process is null ? waiting : 1; i > 0; i--) offers.Writer.TryWrite(offer);
            if (offer.Process is not null && starting + 1 < waiting) StartMore();
        }
    }

    private async Task<Offer> Started()
    {
        var process = start();
        if (process is null) return NotThere;
        lock (sync)
        {
            if (isDisposed)
            {
                process.Dispose();
                return NotThere;
            }

            all.Add(process);
        }

        using var limit = new CancellationTokenSource(LoadLimit, clock);
        var ended = await process.Loaded(limit.Token);
        if (ended is null) return Of(process);
        lock (sync) all.Remove(process);
        process.Dispose();
        return new(null, id => new TriggerAnswer.Failed($"RequestId: {id} Error: {ended}"));
    }
}
