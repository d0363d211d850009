using System.Collections.Concurrent;
using System.Text;
using Lifeguard.Adapters.Handlers;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Adapters.Tests.Handlers;

/// <summary>A handler in a folder of its own, what it prints, and what calls it.</summary>
internal sealed class ScratchHandler : IDisposable
{
    private const string Function = "arn:aws:lambda:eu-west-1:111122223333:function:made-up";
    private readonly SystemRandom random = new();
    private readonly HandlerInvoker invoker;

    /// <summary>A test of a language that is missing is skipped; of Python the build takes care where a test
    /// speaks of LIFEGUARD_TEST_PYTHON.</summary>
    /// <param name="name">As a setting would name it, without the folder.</param>
    public ScratchHandler(string source, string name, int maxProcesses = 4)
    {
        var language = HandlerLanguage.OfFile(name.Split('#')[0])!;
        Assert.SkipWhen(!IsOnPath(language.Program), $"{language.Program} is not on PATH.");
        Folder = Directory.CreateTempSubdirectory("handler-").FullName;
        File = Path.Combine(Folder, name.Split('#')[0]);
        System.IO.File.WriteAllText(File, source);
        invoker = new(
            "made-up",
            HandlerFile.Find(HandlerName.Parse(Path.Combine(Folder, name))!),
            HandlerEnvironment.OfThisProgram("eu-west-1", () => "http://127.0.0.1:9"),
            maxProcesses,
            random,
            TimeProvider.System,
            Printed);
    }

    public string Folder { get; }

    public string File { get; }

    public PrintedLog Printed { get; } = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>What one event comes to: the JSON that was returned, or the words of the failure.</summary>
    public async Task<string> Invoke(string sent = """{"version":"1","response":{}}""") =>
        await Send(sent, Cancelled) switch
        {
            TriggerAnswer.Returned returned => Encoding.UTF8.GetString(returned.Payload.Span),
            TriggerAnswer.Failed failed => "failed: " + failed.ErrorMessage,
            var other => other.ToString(),
        };

    public Task<TriggerAnswer> Send(string sent, CancellationToken cancelled) =>
        invoker.Invoke(Function, Encoding.UTF8.GetBytes(sent), cancelled);

    /// <summary>Ends the processes.</summary>
    public void Stop() => invoker.Dispose();

    public void Dispose()
    {
        Stop();
        random.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => System.IO.File.Exists(Path.Combine(folder, program)));
}

/// <summary>Keeps what functions print.</summary>
internal sealed class PrintedLog : ILogger<HandlerInvoker>, ILogger<CommandInvoker>
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> awaited = new();

    private readonly TaskCompletionSource<string> first =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    /// <summary>The first line.</summary>
    public Task<string> First => first.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Ends when this line has been printed.</summary>
    public Task Line(string line)
    {
        var seen = awaited.GetOrAdd(line, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (lines.Contains(line)) seen.TrySetResult();
        return seen.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        lines.Enqueue(line);
        first.TrySetResult(line);
        if (awaited.TryGetValue(line, out var seen)) seen.TrySetResult();
    }
}
