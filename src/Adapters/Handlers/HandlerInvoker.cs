using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Adapters.Handlers;

/// <summary>
/// A function that is a file on this machine. As in Lambda, a process takes one event at a time and stays
/// warm for the next; there are as many as events at the same time, up to a bound, beyond which events wait.
/// </summary>
public sealed partial class HandlerInvoker(
    string function, HandlerFile handler, HandlerEnvironment environment, int maxProcesses,
    RandomSource random, ILogger<HandlerInvoker> log) : ITriggerInvoker, IDisposable
{
    /// <summary>What the service gives a trigger (doc).</summary>
    private static readonly TimeSpan TimeOfTriggers = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim places = new(maxProcesses);
    private readonly Stack<HandlerProcess> idle = new();
    private readonly HashSet<HandlerProcess> all = [];
    private bool isDisposed;

    /// <inheritdoc/>
    public async Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            var sent = new HandlerEvent(random.Id(), functionArn, function, TimeOfTriggers, payload);
            // A process that has ended while it was idle must not cost anybody an event; a new one has not.
            return await InvokeIn(TakeIdle(), sent, cancellation)
                ?? await InvokeIn(StartNew(), sent, cancellation)
                ?? NotThere;
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Ends every process, also those that are in the midst of an event.</summary>
    public void Dispose()
    {
        lock (idle)
        {
            isDisposed = true;
            idle.Clear();
            foreach (var process in all) process.Dispose();
            all.Clear();
        }
    }

    private static TriggerAnswer.NotInvoked NotThere =>
        new("ResourceNotFoundException", MayRetry: false);

    private async Task<TriggerAnswer?> InvokeIn(
        HandlerProcess? process, HandlerEvent sent, CancellationToken cancellation)
    {
        if (process is null) return null;
        var isDone = false;
        try
        {
            var answer = await process.Invoke(sent, cancellation);
            isDone = answer is not null;
            return answer;
        }
        finally
        {
            // One that hangs is ended here: the next event gets another.
            if (!isDone || !GiveBack(process)) End(process);
        }
    }

    /// <summary>The one that was used last; those that run an older file are ended.</summary>
    private HandlerProcess? TakeIdle()
    {
        lock (idle)
        {
            if (idle.Count == 0) return null;
            var version = handler.Version();
            while (idle.TryPop(out var process))
            {
                if (process.IsAlive && process.Version == version) return process;
                End(process);
            }

            return null;
        }
    }

    private bool GiveBack(HandlerProcess process)
    {
        lock (idle)
        {
            if (isDisposed || !process.IsAlive) return false;
            idle.Push(process);
            return true;
        }
    }

    private HandlerProcess? StartNew()
    {
        if (!File.Exists(handler.Path))
        {
            LogGone(log, function, handler.Path);
            return null;
        }

        var process = HandlerProcess.Start(
            handler, environment.For(function), line => LogPrinted(log, function, line));
        if (process is null)
        {
            LogNoInterpreter(log, function);
            return null;
        }

        lock (idle)
        {
            if (!isDisposed)
            {
                all.Add(process);
                return process;
            }
        }

        process.Dispose();
        return null;
    }

    private void End(HandlerProcess process)
    {
        lock (idle)
        {
            // Whoever disposes of everything at once has done it already.
            if (!all.Remove(process)) return;
        }

        process.Dispose();
    }

    [LoggerMessage(1, LogLevel.Information, "{Function}: {Line}")]
    private static partial void LogPrinted(ILogger log, string function, string line);

    [LoggerMessage(2, LogLevel.Error, "{Function}: {File} is not there any more")]
    private static partial void LogGone(ILogger log, string function, string file);

    [LoggerMessage(3, LogLevel.Error, "{Function}: no process could be started")]
    private static partial void LogNoInterpreter(ILogger log, string function);
}
