using Lifeguard.Domain.Effects;

namespace Lifeguard.Operations.Triggers;

/// <summary>
/// The latest trigger calls, for people who develop triggers. Kept
/// only where test controls are on: events hold personal data.
/// </summary>
public sealed class TriggerLog(int capacity)
{
    private readonly Queue<TriggerRecord> records = new();

    public void Add(TriggerRecord record)
    {
        if (capacity == 0) return;
        lock (records)
        {
            if (records.Count == capacity) records.Dequeue();
            records.Enqueue(record);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TriggerRecord> List()
    {
        lock (records) return [.. records];
    }

    public void Clear()
    {
        lock (records) records.Clear();
    }
}

/// <summary>One trigger call: the event that went out and what it came to.</summary>
public sealed record TriggerRecord(
    DateTimeOffset At, string Source, string FunctionArn, ReadOnlyMemory<byte> Event, TriggerAnswer Answer);
