using System.Collections.Concurrent;

namespace Lifeguard.Storage;

/// <summary>
/// How many users pools have. Small pools are counted at every question; large ones in the background, at
/// most once a minute, and the question is answered with the last count.
/// </summary>
internal sealed class UserCounts(Database database)
{
    private const int CountedAtOnce = 10_000;

    private const string Some =
        "SELECT COUNT(*) FROM (SELECT 1 FROM users WHERE pool_id = @pool_id LIMIT @limit) AS first_ones";

    private const string All = "SELECT COUNT(*) FROM users WHERE pool_id = @pool_id";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Estimate> large = new();

    public async Task<long> Of(string poolId, CancellationToken cancellation)
    {
        var few = await database.Sql(Some)
            .With("pool_id", poolId)
            .With("limit", CountedAtOnce + 1)
            .Number(cancellation) ?? 0;
        if (few <= CountedAtOnce)
        {
            large.TryRemove(poolId, out _);
            return few;
        }

        var estimate = large.GetOrAdd(poolId, static (_, count) => new Estimate(count), few);
        if (estimate.MayRefresh(database.Clock, Lifetime)) _ = Refresh(poolId, estimate);
        return estimate.Count;
    }

    private async Task Refresh(string poolId, Estimate estimate)
    {
        try
        {
            var counted = await Task.Run(
                () => database.Sql(All).With("pool_id", poolId).Number(CancellationToken.None));
            estimate.Count = counted ?? 0;
        }
        catch (Exception error) when (error is System.Data.Common.DbException or ObjectDisposedException)
        {
            // The old estimate stands; the next question after the pause tries again.
        }
    }

    private sealed class Estimate(long count)
    {
        private long? refreshedAt;

        public long Count
        {
            get => Interlocked.Read(ref count);
            set => Interlocked.Exchange(ref count, value);
        }

        /// <summary>True for one caller in each <paramref name="lifetime"/>.</summary>
        public bool MayRefresh(TimeProvider clock, TimeSpan lifetime)
        {
            lock (this)
            {
                if (refreshedAt is { } at && clock.GetElapsedTime(at) < lifetime) return false;
                refreshedAt = clock.GetTimestamp();
                return true;
            }
        }
    }
}
