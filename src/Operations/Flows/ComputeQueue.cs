using System.Collections.Concurrent;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Runs expensive computations (password hashes, SRP) on threads of their own, as many as the machine has
/// cores, with a bounded queue in front. Nothing cheap ever waits behind a hash: not for a thread, and where
/// the threads give way, hardly for a processor. Operations take turns: a sign-in does not wait behind
/// hundreds of sign-ups. And no operation has every thread while calls of others come: one is kept free for
/// these, and its processor for those that compute nothing, since even a thread that yields at once holds up
/// who comes when all processors are taken. An overload is refused instead of piling up.
/// </summary>
public sealed class ComputeQueue : IDisposable
{
    /// <summary>So long after a call that computed nothing the next is expected.</summary>
    public static readonly TimeSpan Expectation = TimeSpan.FromMilliseconds(250);

    private readonly int width;
    private readonly int maxWaiting;
    private readonly TimeProvider clock;
    private readonly Action? giveWay;
    private readonly TakingTurns<Func<Action>> queue;
    private readonly ConcurrentDictionary<string, Expected> expected = [];
    private int pending;
    private int threads;
    private long lastCheap;

    /// <param name="width">How many computations run at once.</param>
    /// <param name="maxWaiting">How many may wait besides.</param>
    /// <param name="clock">That of the world outside, where calls come.</param>
    /// <param name="giveWay">What each of the threads does first, such as taking a lower priority; null for
    /// nothing.</param>
    public ComputeQueue(int width, int maxWaiting, TimeProvider clock, Action? giveWay = null)
    {
        (this.width, this.maxWaiting, this.clock, this.giveWay) = (width, maxWaiting, clock, giveWay);
        queue = new TakingTurns<Func<Action>>(width, IsElseExpected);
    }

    /// <summary>Runs <paramref name="work"/> when its turn comes.</summary>
    /// <exception cref="ApiException">TooManyRequestsException: the queue is full.</exception>
    public async Task<T> Run<T>(Func<T> work, Call call)
    {
        call.Computes = true;
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

    /// <summary>Takes note of a call that has its answer.</summary>
    public void Notice(Call answered)
    {
        if (!answered.Computes) Volatile.Write(ref lastCheap, clock.GetTimestamp());
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

    /// <summary>One more for each of the first callers: a server that never hashes has none.</summary>
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
            if (queue.End(operation)) Expect(operation, 2 * clock.GetElapsedTime(begun));
            tell();
        }
    }

    private void Expect(string operation, TimeSpan duration) =>
        expected[operation] = new Expected(clock.GetTimestamp(), duration);

    private bool IsElseExpected(string operation)
    {
        if (IsCheapCallExpected) return true;
        foreach (var (name, call) in expected)
        {
            if (name != operation && IsWithin(call.Since, call.For)) return true;
        }

        return false;
    }

    private bool IsCheapCallExpected =>
        Volatile.Read(ref lastCheap) is var last and not 0 && IsWithin(last, Expectation);

    private bool IsWithin(long since, TimeSpan duration) => clock.GetElapsedTime(since) < duration;

    /// <summary>A call like one of which the computation has just ended, if nobody was waiting for another:
    /// for twice as long as that took.</summary>
    private sealed record Expected(long Since, TimeSpan For);
}
