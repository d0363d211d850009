namespace Lifeguard.Operations.Limits;

/// <summary>
/// Token buckets of any number of keys in a fixed piece of memory. A key has two of the buckets, chosen by
/// its hash, and shares each with others; only where both are empty is it turned away, which by accident
/// happens to one of billions (a count-min sketch with conservative update). Hashes differ with each start of
/// the program, so nobody can look for names that share the buckets of a victim.
/// </summary>
internal sealed class KeyedRates
{
    private const int Slots = 1 << 16;

    private readonly long[] first = new long[Slots];
    private readonly long[] second = new long[Slots];

    /// <summary>Takes one token of a key; false where there is none.</summary>
    /// <param name="perSecond">Always the same for one key.</param>
    public bool TryTake<TKey>(TKey key, int perSecond, DateTimeOffset now)
        where TKey : struct
    {
        var hash = (uint)key.GetHashCode();
        ref var one = ref first[hash % Slots];
        ref var other = ref second[hash / Slots];
        while (true)
        {
            var (seen, seenOther) = (Volatile.Read(ref one), Volatile.Read(ref other));
            // The emptier bucket has been used by others, too; the fuller one knows better.
            var isOneFuller = seen <= seenOther;
            var fuller = isOneFuller ? seen : seenOther;
            if (TokenBucket.Next(fuller, perSecond, now.UtcTicks) is not { } next) return false;
            ref var counted = ref isOneFuller ? ref one : ref other;
            if (Interlocked.CompareExchange(ref counted, next, fuller) != fuller) continue;
            Raise(ref isOneFuller ? ref other : ref one, next);
            return true;
        }
    }

    private static void Raise(ref long bucket, long atLeast)
    {
        var seen = Volatile.Read(ref bucket);
        while (seen < atLeast)
        {
            var found = Interlocked.CompareExchange(ref bucket, atLeast, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}
