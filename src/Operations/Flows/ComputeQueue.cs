using System.Collections.Concurrent;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Runs expensive computations (password hashes, SRP) on threads of their own, as many as the machine has
/// cores, with a bounded queue in front. Nothing cheap ever waits behind a hash: neither for a thread nor,
/// where <paramref name="giveWay"/> makes the threads yield, for a processor. An overload is refused instead
/// of piling up.
/// </summary>
/// <param name="width">How many computations run at once.</param>
/// <param name="maxWaiting">How many may wait besides.</param>
/// <param name="giveWay">What each of the threads does first, such as taking a lower priority; null for
/// nothing.</param>
public sealed class ComputeQueue(int width, int maxWaiting, Action? giveWay = null) : IDisposable
{
    private readonly BlockingCollection<Action> queue = [];
    private int pending;
    private int threads;

    /// <summary>Runs <paramref name="work"/> when its turn comes.</summary>
    /// <exception cref="ApiException">TooManyRequestsException: the queue is full.</exception>
    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        var isTooMany = Interlocked.Increment(ref pending) > maxWaiting + width;
        try
        {
            if (isTooMany) throw Reject.TooManyRequests();
            EnsureThread();
            return await Enqueue(work, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref pending);
        }
    }

    public void Dispose() => queue.CompleteAdding();

    private Task<T> Enqueue<T>(Func<T> work, CancellationToken cancellation)
    {
        // Whoever waits goes on elsewhere: what comes after a hash is no computation.
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(
            () =>
            {
                if (cancellation.IsCancellationRequested)
                {
                    result.SetCanceled(cancellation);
                    return;
                }

                try
                {
                    result.SetResult(work());
                }
                catch (Exception failure)
                {
                    result.SetException(failure);
                }
            },
            CancellationToken.None);
        return result.Task;
    }

    /// <summary>One more for each of the first callers: a server that never hashes has none.</summary>
    private void EnsureThread()
    {
        if (Volatile.Read(ref threads) >= width || Interlocked.Increment(ref threads) > width) return;
        new Thread(Work) { IsBackground = true, Name = "Computations" }.Start();
    }

    private void Work()
    {
        giveWay?.Invoke();
        foreach (var work in queue.GetConsumingEnumerable()) work();
    }
}
