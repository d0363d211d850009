using System.Collections.Concurrent;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Worlds;

/// <summary>Takes every e-mail and notes it, or refuses it where a test says so.</summary>
public sealed class RecordingEmail(Transcript transcript) : IEmailSender
{
    private readonly ConcurrentQueue<EmailMessage> sent = new();

    /// <summary>What the transport answers instead of taking the message; null takes it.</summary>
    public DeliveryException? Refusal { get; set; }

    /// <summary>Why nothing can leave at all; null where it can.</summary>
    public string? Unreachable { get; set; }

    /// <summary>No message is taken before this has completed.</summary>
    public Task Taking { get; set; } = Task.CompletedTask;

    public IReadOnlyList<EmailMessage> Sent => [.. sent];

    public async Task Send(EmailMessage message, CancellationToken cancellation)
    {
        if (Refusal is not null) throw Refusal;
        await Taking.WaitAsync(cancellation);
        sent.Enqueue(message);
        transcript.Message($"e-mail to {message.To}", message.Subject, message.Body);
    }

    public string? RefusalOf(string to) => Unreachable;
}

/// <summary>Takes every text message and notes it, or refuses it where a test says so.</summary>
public sealed class RecordingSms(Transcript transcript) : ISmsSender
{
    private readonly ConcurrentQueue<SmsMessage> sent = new();

    /// <summary>What the transport answers instead of taking the message; null takes it.</summary>
    public DeliveryException? Refusal { get; set; }

    /// <summary>Why nothing can leave at all; null where it can.</summary>
    public string? Unreachable { get; set; }

    /// <summary>No message is taken before this has completed.</summary>
    public Task Taking { get; set; } = Task.CompletedTask;

    public IReadOnlyList<SmsMessage> Sent => [.. sent];

    public async Task Send(SmsMessage message, CancellationToken cancellation)
    {
        if (Refusal is not null) throw Refusal;
        await Taking.WaitAsync(cancellation);
        sent.Enqueue(message);
        transcript.Message($"SMS to {message.To}", null, message.Body);
    }

    public string? RefusalOf(string to) => Unreachable;
}

/// <summary>Takes every log line and notes it.</summary>
public sealed class RecordingLogs(Transcript transcript) : ILogSink
{
    private readonly List<LogBatch> written = [];

    /// <summary>What the sink answers instead of taking lines; null takes them.</summary>
    public DeliveryException? Refusal { get; set; }

    public IReadOnlyList<LogBatch> Written
    {
        get
        {
            lock (written) return [.. written];
        }
    }

    /// <summary>What happens whenever something is written; what it throws, the sink throws.</summary>
    public Func<Task>? OnWrite { get; set; }

    public Task Write(LogBatch batch, CancellationToken cancellation)
    {
        if (Refusal is not null) throw Refusal;
        // Lines of several destinations come at once.
        lock (written) written.Add(batch);
        foreach (var line in batch.Lines) transcript.Message($"log {batch.Destination}", null, line);
        return OnWrite?.Invoke() ?? Task.CompletedTask;
    }
}
