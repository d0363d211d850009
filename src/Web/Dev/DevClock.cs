namespace Lifeguard.Web.Dev;

/// <summary>
/// A clock that can be set, for tests of what happens later. Only the time of day moves: timers and measured
/// spans follow <paramref name="real"/>, so nothing hangs or fires at once when it jumps.
/// </summary>
public sealed class DevClock(TimeProvider real) : TimeProvider
{
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long offsetTicks;

    /// <summary>How far it is ahead of the real time.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref offsetTicks));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long GetTimestamp() => real.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the time, from where it runs on. False, and nothing changes, outside of 1970 to
    /// 2998.</summary>
    public bool TrySet(DateTimeOffset now)
    {
        if (now < Earliest || now >= Latest) return false;
        Interlocked.Exchange(ref offsetTicks, (now - real.GetUtcNow()).Ticks);
        return true;
    }

    /// <summary>Moves the time, also back. False, and nothing changes, where that leaves 1970 to
    /// 2998.</summary>
    public bool TryAdvance(TimeSpan span)
    {
        var now = GetUtcNow();
        // Compared before the addition, which overflows for the longest spans.
        return span < Latest - now && span >= Earliest - now && TrySet(now + span);
    }

    /// <summary>Back to the real time.</summary>
    public void Reset() => Interlocked.Exchange(ref offsetTicks, 0);
}
