using System.Diagnostics;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Adapters.Handlers;

/// <summary>
/// A function that is a program on this machine, started for each event: the event comes on standard input,
/// and what is on standard output is the answer. An exit code other than 0 is the function's own refusal, in
/// the words of its last line on standard error. What it leaves running is not waited for.
/// </summary>
public sealed partial class CommandInvoker(
    string function, IReadOnlyList<string> command, HandlerEnvironment environment, int maxProcesses,
    TimeProvider clock, ILogger<CommandInvoker> log) : ITriggerInvoker, IDisposable
{
    /// <summary>What a program has written before it ended is in the pipes by then, and read within
    /// this.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim places = new(maxProcesses);

    /// <inheritdoc/>
    public async Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            using var process = ChildStart.Start(
                command, Directory.GetCurrentDirectory(), environment.For(function));
            if (process is null)
            {
                LogNotStarted(log, function, command[0]);
                return new TriggerAnswer.NotInvoked("ResourceNotFoundException", MayRetry: false);
            }

            return await Invoke(process, payload, cancellation);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<TriggerAnswer> Invoke(
        Process process, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var lastWords = "";
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var printed = PrintedLines.Read(process.StandardError, line =>
            {
                lastWords = line;
                LogPrinted(log, function, line);
            });
            var taken = HandIn(process, payload, enough.Token);
            await using var output = new ResumingOnPool(process.StandardOutput.BaseStream);
            var reading = ReadAnswer(output, enough.Token);
            var ended = process.WaitForExitAsync(cancellation);
            await Task.WhenAny(reading, ended);
            if (reading.IsCompleted && await reading is null) return TriggerError.TooLarge;
            await ended;
            // What it has left running may hold its streams open for long.
            await Task.WhenAny(
                Task.WhenAll(reading, taken, printed), Task.Delay(Rest, clock, cancellation));
            cancellation.ThrowIfCancellationRequested();
            await enough.CancelAsync();
            if (await reading is not { } answer) return TriggerError.TooLarge;
            if (process.ExitCode == 0) return new TriggerAnswer.Returned(answer);
            return new TriggerAnswer.Failed(TriggerError.MessageOf(answer) ?? Words(lastWords, process));
        }
        finally
        {
            ChildStart.End(process);
        }
    }

    private static string Words(string lastWords, Process process) => lastWords.Length > 0
        ? lastWords
        : $"Runtime exited with error: exit status {process.ExitCode}";

    private static async Task HandIn(
        Process process, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(payload, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not want to read it all; what it answers counts.
        }
    }

    /// <summary>What came until the end or until it was enough; null where it is too long.</summary>
    private static async Task<byte[]?> ReadAnswer(Stream output, CancellationToken enough)
    {
        var (answer, part) = (new MemoryStream(), new byte[16 * 1024]);
        try
        {
            int count;
            while ((count = await output.ReadAsync(part, enough)) > 0)
            {
                if (answer.Length + count > GuardedHttp.MaxOperatorAnswerBytes) return null;
                answer.Write(part, 0, count);
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody else holds the stream open.
        }

        return answer.ToArray();
    }

    [LoggerMessage(1, LogLevel.Information, "{Function}: {Line}")]
    private static partial void LogPrinted(ILogger log, string function, string line);

    [LoggerMessage(2, LogLevel.Error, "{Function}: {Program} cannot be started")]
    private static partial void LogNotStarted(ILogger log, string function, string program);
}
