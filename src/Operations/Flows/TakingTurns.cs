using System.Diagnostics.CodeAnalysis;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Lines of work that are served in turn, one item of each: however many stand in one line, who comes first
/// in another waits for one of them only. Within a line, first come, first served. A line lasts as long as
/// somebody stands in it.
/// </summary>
internal sealed class TakingTurns<T>
{
    private readonly object gate = new();
    private readonly Dictionary<string, Queue<T>> lines = [];
    private readonly Queue<string> turns = [];
    private bool isClosed;

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void Add(string line, T item)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (!lines.TryGetValue(line, out var waiting))
            {
                lines.Add(line, waiting = []);
                turns.Enqueue(line);
            }

            waiting.Enqueue(item);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>The next item, as soon as there is one; false when it is closed and empty.</summary>
    public bool Take([MaybeNullWhen(false)] out T item)
    {
        lock (gate)
        {
            while (turns.Count == 0 && !isClosed) Monitor.Wait(gate);
            if (!turns.TryDequeue(out var line))
            {
                item = default;
                return false;
            }

            var waiting = lines[line];
            item = waiting.Dequeue();
            if (waiting.Count > 0) turns.Enqueue(line);
            else lines.Remove(line);
            return true;
        }
    }

    /// <summary>Takes nothing more; what waits is still handed out.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }
    }
}
