namespace Lifeguard.Operations.Limits;

/// <summary>
/// Token buckets of any number of keys in a fixed piece of memory. A key has two of the buckets, chosen by
/// its hash, and shares each with others; only where both are empty is it turned away (a count-min sketch
/// with conservative update). For that, one other key must have used up the one and one the other within the
/// second: while n keys use up all they may, this happens to about n² of four billion. Hashes differ with
/// each start of the program, so nobody can look for names that share the buckets of a victim.
/// </summary>
internal sealed class KeyedRates
{
    private const int Slots = 1 << 16;
    private const int Turns = 64;

    private readonly long[] first = new long[Slots];
    private readonly long[] second = new long[Slots];
    private readonly Lock[] turns = [.. Enumerable.Range(0, Turns).Select(_ => new Lock())];

    /// <summary>Takes one token of a key; false where there is none.</summary>
    /// <param name="perSecond">Always the same for one key.</param>
    public bool TryTake<TKey>(TKey key, int perSecond, DateTimeOffset now)
        where TKey : struct
    {
        var hash = (uint)key.GetHashCode();
        // Those who ask for one key take turns: between the two writes of the one, another would find the
        // second bucket as it was and take the same token. Other keys only ever make a bucket emptier.
        lock (turns[hash % Turns])
            return TryTake(ref first[hash % Slots], ref second[hash / Slots], perSecond, now.UtcTicks);
    }

    private static bool TryTake(ref long one, ref long other, int perSecond, long now)
    {
        while (true)
        {
            var (seen, seenOther) = (Volatile.Read(ref one), Volatile.Read(ref other));
            // The emptier bucket has been used by others, too; the fuller one knows better.
            var isOneFuller = seen <= seenOther;
            var fuller = isOneFuller ? seen : seenOther;
            if (TokenBucket.Next(fuller, perSecond, now) is not { } next) return false;
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
