namespace Lifeguard.Adapters;

/// <summary>
/// Connections that wait for their next message. The one used last leaves first, so that those that are not
/// needed grow old and are closed. Safe to use from several threads.
/// </summary>
internal sealed class IdleConnections : IAsyncDisposable
{
    /// <summary>How long a connection waits before it is closed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int MaxMessagesPerConnection = 100;

    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly Lock gate = new();

    // The longest idle one is first. While there is one, the timer fires no later than its limit.
    private readonly List<SmtpConnection> waiting = [];

    /// <summary>Holds none yet.</summary>
    public IdleConnections(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(
            _ => CloseExpired(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The connection used last; the caller owns it. Null for none.</summary>
    public SmtpConnection? Take()
    {
        lock (gate)
        {
            if (waiting is not [.., var last]) return null;
            waiting.RemoveAt(waiting.Count - 1);
            return last;
        }
    }

    /// <summary>Keeps a connection for a later message, or closes it when it has carried enough of
    /// them.</summary>
    public void Put(SmtpConnection connection)
    {
        if (connection.Messages >= MaxMessagesPerConnection)
        {
            connection.Dispose();
            return;
        }

        lock (gate)
        {
            connection.IdleSince = clock.GetTimestamp();
            waiting.Add(connection);
            if (waiting.Count == 1) timer.Change(Limit, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Closes all that wait now.</summary>
    public void Clear()
    {
        lock (gate) CloseFirst(waiting.Count);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        Clear();
    }

    private void CloseExpired()
    {
        lock (gate)
        {
            CloseFirst(waiting.TakeWhile(connection => Remaining(connection) <= TimeSpan.Zero).Count());
            if (waiting is [var longest, ..])
                timer.Change(Remaining(longest), Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan Remaining(SmtpConnection connection) =>
        Limit - clock.GetElapsedTime(connection.IdleSince);

    private void CloseFirst(int count)
    {
        foreach (var connection in waiting.Take(count)) connection.Dispose();
        waiting.RemoveRange(0, count);
    }
}
