namespace Lifeguard.Storage;

/// <summary>
/// Rows that are read by nearly every call and seldom change. Entries leave when a change is published, and
/// after five seconds at the latest.
/// </summary>
internal sealed class Cache<TValue>(TimeProvider clock)
    where TValue : class
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (TValue Value, long At)> entries = [];
    private long removals;

    /// <summary>The value, loaded where it is not at hand; null where there is none, which is not
    /// kept.</summary>
    public async Task<TValue?> Get(string key, Func<Task<TValue?>> load)
    {
        long seen;
        lock (gate)
        {
            if (entries.TryGetValue(key, out var entry) && clock.GetElapsedTime(entry.At) < Lifetime)
                return entry.Value;
            seen = removals;
        }

        var value = await load();
        if (value is not null) Keep(key, value, seen);
        return value;
    }

    public void Remove(string key)
    {
        lock (gate)
        {
            removals++;
            entries.Remove(key);
        }
    }

    public void RemoveWhere(Func<TValue, bool> leaves)
    {
        lock (gate)
        {
            removals++;
            foreach (var (key, entry) in entries)
                if (leaves(entry.Value)) entries.Remove(key);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            removals++;
            entries.Clear();
        }
    }

    private void Keep(string key, TValue value, long seen)
    {
        lock (gate)
        {
            // Something was removed while this was loading; it may be what was loaded.
            if (removals != seen) return;
            if (entries.Count >= Capacity) entries.Clear();
            entries[key] = (value, clock.GetTimestamp());
        }
    }
}
