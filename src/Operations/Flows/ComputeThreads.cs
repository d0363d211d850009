using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>Threads that compute, and a bounded queue in front of them in which operations take turns. An
/// overload is refused instead of piling up.</summary>
internal sealed class ComputeThreads : IDisposable
{
    private readonly int width;
    private readonly int maxWaiting;
    private readonly TimeProvider clock;
    private readonly Action? giveWay;
    private readonly Action<string, TimeSpan>? lastEnded;
    private readonly TakingTurns<Func<Action>> queue;
    private int pending;
    private int threads;

    /// <param name="width">How many computations run at once.</param>
    /// <param name="maxWaiting">How many may wait besides.</param>
    /// <param name="clock">Measures how long they take.</param>
    /// <param name="giveWay">What each of the threads does first, such as taking a lower priority; null for
    /// nothing.</param>
    /// <param name="isElseExpected">Whether anybody is expected but callers of the operation that is named;
    /// null where nobody ever is.</param>
    /// <param name="lastEnded">Told an operation, and how long its computation took, when nobody waits for
    /// another of it.</param>
    public ComputeThreads(
        int width,
        int maxWaiting,
        TimeProvider clock,
        Action? giveWay,
        Func<string, bool>? isElseExpected = null,
        Action<string, TimeSpan>? lastEnded = null)
    {
        (this.width, this.maxWaiting, this.clock) = (width, maxWaiting, clock);
        (this.giveWay, this.lastEnded) = (giveWay, lastEnded);
        queue = new TakingTurns<Func<Action>>(width, isElseExpected ?? (_ => false));
    }

    /// <summary>Runs <paramref name="work"/> when its turn comes.</summary>
    /// <exception cref="ApiException">TooManyRequestsException: the queue is full.</exception>
    public async Task<T> Run<T>(Func<T> work, Call call)
    {
        var isTooMany = Interlocked.Increment(ref pending) > maxWaiting + width;
        try
        {
            if (isTooMany) throw Reject.TooManyRequests();
            EnsureThread();
            return await Enqueue(work, call.Operation, call.Cancelled);
        }
        finally
        {
            Interlocked.Decrement(ref pending);
        }
    }

    public void Dispose() => queue.Close();

    private Task<T> Enqueue<T>(Func<T> work, string operation, CancellationToken cancellation)
    {
        // Whoever waits goes on elsewhere: what comes after a hash is no computation.
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(operation, () => Compute(work, result, cancellation));
        return result.Task;
    }

    /// <returns>What tells the caller.</returns>
    private static Action Compute<T>(
        Func<T> work, TaskCompletionSource<T> result, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return () => result.SetCanceled(cancellation);
        try
        {
            var outcome = work();
            return () => result.SetResult(outcome);
        }
        catch (Exception failure)
        {
            return () => result.SetException(failure);
        }
    }

    /// <summary>One more for each of the first callers: a server that never computes has none.</summary>
    private void EnsureThread()
    {
        if (Volatile.Read(ref threads) >= width) return;
        if (Interlocked.Increment(ref threads) > width) return;
        new Thread(Work) { IsBackground = true, Name = "Computations" }.Start();
    }

    private void Work()
    {
        giveWay?.Invoke();
        while (queue.Take(out var work, out var operation))
        {
            var begun = clock.GetTimestamp();
            var tell = work();
            if (queue.End(operation)) lastEnded?.Invoke(operation, clock.GetElapsedTime(begun));
            tell();
        }
    }
}
