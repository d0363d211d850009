using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Runs expensive computations (password hashes, SRP) on threads of their own, as many as the machine has
/// cores, with a bounded queue in front. Nothing cheap ever waits behind a hash: not for a thread; where
/// <paramref name="giveWay"/> makes the threads yield, hardly for a processor; and while calls come that
/// compute nothing, one of the threads rests, since even a thread that yields at once holds up who comes when
/// all processors are taken. Operations take turns: a sign-in does not wait behind hundreds of sign-ups. An
/// overload is refused instead of piling up.
/// </summary>
/// <param name="width">How many computations run at once.</param>
/// <param name="maxWaiting">How many may wait besides.</param>
/// <param name="clock">That of the world outside, where calls come.</param>
/// <param name="giveWay">What each of the threads does first, such as taking a lower priority; null for
/// nothing.</param>
public sealed class ComputeQueue(int width, int maxWaiting, TimeProvider clock, Action? giveWay = null)
    : IDisposable
{
    /// <summary>So long after a call that computed nothing the next is expected.</summary>
    public static readonly TimeSpan Expectation = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private readonly TakingTurns<Action> queue = new();
    private readonly ManualResetEventSlim disposed = new();
    private int pending;
    private int threads;
    private long lastCheap;

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

    public void Dispose()
    {
        queue.Close();
        disposed.Set();
    }

    private Task<T> Enqueue<T>(Func<T> work, string operation, CancellationToken cancellation)
    {
        // Whoever waits goes on elsewhere: what comes after a hash is no computation.
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(
            operation,
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
            });
        return result.Task;
    }

    /// <summary>One more for each of the first callers: a server that never hashes has none.</summary>
    private void EnsureThread()
    {
        if (Volatile.Read(ref threads) >= width) return;
        var number = Interlocked.Increment(ref threads);
        if (number > width) return;
        var rests = number == width && width > 1;
        new Thread(() => Work(rests)) { IsBackground = true, Name = "Computations" }.Start();
    }

    private void Work(bool rests)
    {
        giveWay?.Invoke();
        while (queue.Take(out var work))
        {
            work();
            if (rests) RestWhileCheapCallsCome();
        }
    }

    private void RestWhileCheapCallsCome()
    {
        while (IsCheapCallExpected)
        {
            if (disposed.Wait(Rest)) return;
        }
    }

    private bool IsCheapCallExpected =>
        Volatile.Read(ref lastCheap) is var last and not 0 && clock.GetElapsedTime(last) < Expectation;
}
