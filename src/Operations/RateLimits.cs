using System.Collections.Concurrent;
using Lifeguard.Domain;

namespace Lifeguard.Operations;

/// <summary>
/// Requests per second of each category, as the service groups them (doc). A bucket holds one second's worth;
/// a category without a limit is not counted. Kept in memory: a limit is each node's share.
/// </summary>
public sealed class RateLimits(IReadOnlyDictionary<string, int> perSecond)
{
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <exception cref="ApiException">TooManyRequestsException.</exception>
    public void Enter(string category, DateTimeOffset now)
    {
        if (perSecond.Count == 0 || !perSecond.TryGetValue(category, out var limit)) return;
        var bucket = buckets.GetOrAdd(category, _ => new Bucket(limit, now));
        if (!bucket.TryTake(now)) throw Reject.TooManyRequests();
    }

    private sealed class Bucket(int limit, DateTimeOffset start)
    {
        private readonly Lock gate = new();
        private double tokens = limit;
        private DateTimeOffset filledAt = start;

        public bool TryTake(DateTimeOffset now)
        {
            lock (gate)
            {
                var passed = Math.Max(0, (now - filledAt).TotalSeconds);
                tokens = Math.Min(limit, tokens + (passed * limit));
                filledAt = now;
                if (tokens < 1) return false;
                tokens -= 1;
                return true;
            }
        }
    }
}
