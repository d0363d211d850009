using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Adapters.Handlers;

/// <summary>
/// A function that is a file on this machine. As in Lambda, a process takes one event at a time and stays
/// warm for the next; there are as many as events at the same time, up to a bound, beyond which events wait.
/// </summary>
public sealed partial class HandlerInvoker : ITriggerInvoker, IDisposable
{
    /// <summary>What the service gives a trigger (doc).</summary>
    private static readonly TimeSpan TimeOfTriggers = TimeSpan.FromSeconds(5);

    /// <summary>How often a process may end between two events before that is the handler's fault.</summary>
    private const int Tries = 3;

    private readonly string function;
    private readonly HandlerFile handler;
    private readonly HandlerEnvironment environment;
    private readonly RandomSource random;
    private readonly ILogger<HandlerInvoker> log;
    private readonly HandlerProcesses processes;

    /// <summary>Ready for events; the first one starts a process.</summary>
    public HandlerInvoker(
        string function, HandlerFile handler, HandlerEnvironment environment, int maxProcesses,
        RandomSource random, TimeProvider clock, ILogger<HandlerInvoker> log)
    {
        (this.function, this.handler, this.environment) = (function, handler, environment);
        (this.random, this.log) = (random, log);
        processes = new(StartNew, handler.Version, maxProcesses, clock);
    }

    /// <inheritdoc/>
    public async Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var sent = new HandlerEvent(random.Id(), functionArn, function, TimeOfTriggers, payload);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var offer = await processes.Take(cancellation);
            if (offer.Process is not { } process) return offer.Instead(sent.RequestId);
            // A process that has ended while it was idle must not cost anybody an event.
            if (await InvokeIn(process, sent, cancellation) is { } answer) return answer;
        }

        return new TriggerAnswer.Failed($"RequestId: {sent.RequestId} Error: Runtime exited between events");
    }

    /// <summary>Ends every process, also those that are in the midst of an event.</summary>
    public void Dispose() => processes.Dispose();

    private async Task<TriggerAnswer?> InvokeIn(
        HandlerProcess process, HandlerEvent sent, CancellationToken cancellation)
    {
        TriggerAnswer? answer = null;
        try
        {
            return answer = await process.Invoke(sent, cancellation);
        }
        finally
        {
            // One that hangs is ended here: the next event gets another.
            if (answer is null) processes.End(process);
            else processes.GiveBack(process);
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
        if (process is null) LogNoInterpreter(log, function);
        return process;
    }

    [LoggerMessage(1, LogLevel.Information, "{Function}: {Line}")]
    private static partial void LogPrinted(ILogger log, string function, string line);

    [LoggerMessage(2, LogLevel.Error, "{Function}: {File} is not there any more")]
    private static partial void LogGone(ILogger log, string function, string file);

    [LoggerMessage(3, LogLevel.Error, "{Function}: no process could be started")]
    private static partial void LogNoInterpreter(ILogger log, string function);
}
