namespace Lifeguard.Operations.Limits;

/// <summary>
/// A bucket that holds one second's worth and is refilled evenly, kept as the one number that this needs (the
/// "virtual scheduling" form of the leaky bucket, ITU-T I.371): the instant up to which its contents are
/// used. Lock-free; a bucket nobody has taken from for a second is full, whatever number it holds.
/// </summary>
internal static class TokenBucket
{
    private const long Second = TimeSpan.TicksPerSecond;

    /// <summary>Takes one token; false, and nothing changed, where there is none.</summary>
    /// <param name="usedUntil">The bucket.</param>
    /// <param name="now">In ticks.</param>
    public static bool TryTake(ref long usedUntil, int perSecond, long now)
    {
        while (true)
        {
            var seen = Volatile.Read(ref usedUntil);
            if (Next(seen, perSecond, now) is not { } next) return false;
            if (Interlocked.CompareExchange(ref usedUntil, next, seen) == seen) return true;
        }
    }

    /// <summary>The bucket after one token has been taken; null where there is none.</summary>
    public static long? Next(long usedUntil, int perSecond, long now)
    {
        var share = Second / perSecond;
        // Further ahead than a second no bucket gets: the clock has been set back.
        var start = usedUntil > now + Second ? now : Math.Max(usedUntil, now);
        return start - now + share <= Second ? start + share : null;
    }
}
