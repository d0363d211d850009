using System.Diagnostics.CodeAnalysis;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Lines of work that are served in turn, one item of each: however many stand in one line, who comes first
/// in another waits for one of them only. Within a line, first come, first served. While somebody else is
/// expected, the last of the servers leaves alone the lines that are being served: who comes then does not
/// wait at all.
/// </summary>
/// <param name="servers">How many serve at once.</param>
/// <param name="isElseExpected">Whether somebody is expected who does not stand in the line that is
/// named.</param>
internal sealed class TakingTurns<T>(int servers, Func<string, bool> isElseExpected)
{
    /// <summary>How long to wait until asking again who is expected.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly object gate = new();
    private readonly Dictionary<string, Line> lines = [];
    private readonly LinkedList<Line> turns = [];
    private int serving;
    private bool isClosed;

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void Add(string line, T item)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (!lines.TryGetValue(line, out var joined)) lines.Add(line, joined = new Line(line));
            if (joined.Waiting.Count == 0) turns.AddLast(joined);
            joined.Waiting.Enqueue(item);

            // One is enough: what may be served, any of them may serve.
            Monitor.Pulse(gate);
        }
    }

    /// <summary>The next item, as soon as there is one to be served; false when it is closed and empty. It is
    /// being served until the end is told.</summary>
    public bool Take([MaybeNullWhen(false)] out T item, [MaybeNullWhen(false)] out string line)
    {
        lock (gate)
        {
            LinkedListNode<Line>? next;
            while ((next = Next()) is null && !(isClosed && turns.Count == 0))
                Monitor.Wait(gate, turns.Count == 0 ? Timeout.InfiniteTimeSpan : Pause);
            item = next is null ? default : Serve(next);
            line = next?.Value.Name;
            return next is not null;
        }
    }

    /// <summary>Tells the end of serving one of <paramref name="line"/>, and says whether nobody stands in it
    /// any more.</summary>
    public bool End(string line)
    {
        lock (gate)
        {
            serving--;
            var served = lines[line];
            served.Serving--;
            if (served.Waiting.Count == 0 && served.Serving == 0) lines.Remove(line);
            return served.Waiting.Count == 0;
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

    private LinkedListNode<Line>? Next()
    {
        for (var turn = turns.First; turn is not null; turn = turn.Next)
        {
            if (MayServe(turn.Value)) return turn;
        }

        return null;
    }

    private bool MayServe(Line line) =>
        line.Serving == 0 || serving < servers - 1 || isClosed || !isElseExpected(line.Name);

    private T Serve(LinkedListNode<Line> turn)
    {
        var line = turn.Value;
        turns.Remove(turn);
        var item = line.Waiting.Dequeue();
        if (line.Waiting.Count > 0) turns.AddLast(turn);
        serving++;
        line.Serving++;
        return item;
    }

    /// <summary>Lasts as long as somebody stands in it or is being served.</summary>
    private sealed class Line(string name)
    {
        public string Name => name;

        public Queue<T> Waiting { get; } = [];

        public int Serving { get; set; }
    }
}
