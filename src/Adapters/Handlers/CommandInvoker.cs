using System.Diagnostics;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Adapters.Handlers;

/// <summary>
/// A function that is a program on this machine, started for each event: the event comes on standard input,
/// and what is on standard output is the answer. An exit code other than 0 is the function's own refusal, in
/// the words of its last line on standard error.
/// </summary>
public sealed partial class CommandInvoker(
    string function, IReadOnlyList<string> command, HandlerEnvironment environment, int maxProcesses,
    ILogger<CommandInvoker> log) : ITriggerInvoker, IDisposable
{
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
        try
        {
            var printed = PrintedLines.Read(process.StandardError, line =>
            {
                lastWords = line;
                LogPrinted(log, function, line);
            });
            var taken = HandIn(process, payload, cancellation);
            await using var output = new ResumingOnPool(process.StandardOutput.BaseStream);
            var answer = await ReadAnswer(output, cancellation);
            if (answer is null) return TriggerError.TooLarge;
            await taken;
            await process.WaitForExitAsync(cancellation);
            await printed.WaitAsync(cancellation);
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

    /// <summary>Null where it is too long.</summary>
    private static async Task<byte[]?> ReadAnswer(Stream output, CancellationToken cancellation)
    {
        var (answer, part) = (new MemoryStream(), new byte[16 * 1024]);
        int count;
        while ((count = await output.ReadAsync(part, cancellation)) > 0)
        {
            if (answer.Length + count > GuardedHttp.MaxOperatorAnswerBytes) return null;
            answer.Write(part, 0, count);
        }

        return answer.ToArray();
    }

    [LoggerMessage(1, LogLevel.Information, "{Function}: {Line}")]
    private static partial void LogPrinted(ILogger log, string function, string line);

    [LoggerMessage(2, LogLevel.Error, "{Function}: {Program} cannot be started")]
    private static partial void LogNotStarted(ILogger log, string function, string program);
}
