using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters.Handlers;

/// <summary>
/// An interpreter that has loaded a handler and takes one event after the other, each a line of JSON. The
/// lines travel on descriptors of their own, so nothing that a handler prints can be taken for an answer.
/// </summary>
internal sealed class HandlerProcess : IDisposable
{
    /// <summary>Events come in on 4 and answers leave on 3; what is printed goes where errors go.</summary>
    private const string Redirections = """exec "$@" 3>&1 4<&0 1>&2 </dev/null""";

    private const string Stopped = "Runtime was stopped";

    private const int MaxLine = GuardedHttp.MaxOperatorAnswerBytes + 1024;

    private readonly Process process;
    private readonly PipeReader answers;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isExiting;

    private HandlerProcess(Process process, (DateTime, int) version, Action<string> print)
    {
        (this.process, Version) = (process, version);
        answers = PipeReader.Create(new ResumingOnPool(process.StandardOutput.BaseStream));
        _ = PrintedLines.Read(process.StandardError, print);
    }

    /// <summary>Of the file, when it was loaded.</summary>
    public (DateTime, int) Version { get; }

    /// <summary>It can take another event.</summary>
    public bool IsAlive
    {
        get
        {
            try
            {
                return !isExiting && !process.HasExited;
            }
            catch (InvalidOperationException)
            {
                // It was disposed of meanwhile.
                return false;
            }
        }
    }

    /// <summary>Starts the interpreter; null where there is none.</summary>
    public static HandlerProcess? Start(
        HandlerFile handler, IReadOnlyDictionary<string, string> variables, Action<string> print)
    {
        var version = handler.Version();
        var all = new Dictionary<string, string>(variables)
        {
            ["LAMBDA_TASK_ROOT"] = handler.Folder,
            ["_HANDLER"] = $"{Path.GetFileNameWithoutExtension(handler.Path)}.{handler.Export}",
        };
        var process = ChildStart.Start(
            [
                "/bin/sh", "-c", Redirections, "sh",
                .. handler.Language.CommandFor(handler.Path, handler.Export),
            ],
            handler.Folder,
            all);
        return process is null ? null : new(process, version, print);
    }

    /// <summary>Waits until the handler is loaded, or cannot be, which it then tells each event itself; null
    /// then. Otherwise the words for a process that has ended, or loads for too long.</summary>
    public async Task<string?> Loaded(CancellationToken cancellation)
    {
        try
        {
            return await ReadLine(cancellation) is null ? await Ended(cancellation) : null;
        }
        catch (OperationCanceledException)
        {
            return "Runtime did not load in time";
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            return Stopped;
        }
    }

    /// <summary>Hands an event over and waits for what comes back; null where the process had ended before
    /// it took the event. Afterwards it may have ended.</summary>
    public async Task<TriggerAnswer?> Invoke(HandlerEvent sent, CancellationToken cancellation)
    {
        try
        {
            var input = process.StandardInput.BaseStream;
            await input.WriteAsync(sent.Line(), cancellation);
            await input.FlushAsync(cancellation);
        }
        catch (IOException)
        {
            return null;
        }

        return await ReadLine(cancellation) switch
        {
            { Length: > MaxLine } => TriggerError.TooLarge,
            { } line => Read(line),
            null => new TriggerAnswer.Failed(
                $"RequestId: {sent.RequestId} Error: {await Ended(cancellation)}"),
        };
    }

    public void Dispose()
    {
        ChildStart.End(process);
        answers.Complete();
        process.Dispose();
        stopped.TrySetResult();
    }

    private async Task<byte[]?> ReadLine(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await answers.ReadAsync(cancellation);
            var (buffer, end) = (read.Buffer, read.Buffer.PositionOf((byte)'\n'));
            if (end is { } found)
            {
                var line = buffer.Slice(0, found).ToArray();
                answers.AdvanceTo(buffer.GetPosition(1, found));
                return line;
            }

            if (buffer.Length > MaxLine)
            {
                // The rest of it would be taken for the next answer.
                isExiting = true;
                return buffer.ToArray();
            }

            answers.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    private TriggerAnswer Read(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            // After an error that nobody has caught there is no next event, as in Lambda.
            isExiting = document.RootElement.TryGetProperty("exits", out _);
            return document.RootElement.TryGetProperty("error", out var error)
                ? new TriggerAnswer.Failed(
                    TriggerError.MessageOf(JsonBytes(error)) ?? "Unhandled")
                : new TriggerAnswer.Returned(JsonBytes(document.RootElement.GetProperty("result")));
        }
        catch (JsonException)
        {
            // Python lets NaN into what it calls JSON. It is handed on, as Lambda hands it on.
            return new TriggerAnswer.Returned(line);
        }
    }

    private static byte[] JsonBytes(JsonElement element) =>
        System.Text.Encoding.UTF8.GetBytes(element.GetRawText());

    /// <summary>The words of Lambda for a runtime that is gone (observed).</summary>
    private async Task<string> Ended(CancellationToken cancellation)
    {
        try
        {
            // A process that is disposed of never tells that it has ended.
            await await Task.WhenAny(process.WaitForExitAsync(cancellation), stopped.Task);
            return process.ExitCode == 0
                ? "Runtime exited without providing a reason"
                : $"Runtime exited with error: exit status {process.ExitCode}";
        }
        catch (InvalidOperationException)
        {
            return Stopped;
        }
    }
}
