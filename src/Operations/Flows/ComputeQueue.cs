using System.Collections.Concurrent;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Runs expensive computations on threads of their own, as many as the machine has cores: password hashes,
/// and apart from them what takes a thousandth of a second (SRP). Nothing cheap ever waits behind a hash: not
/// for a thread, and where the threads give way, hardly for a processor. Operations take turns: a sign-in
/// does not wait behind hundreds of sign-ups. And no operation has every thread that hashes while calls of
/// others come: one is kept free for these, and its processor for those that hash nothing, since even a
/// thread that yields at once holds up who comes when all processors are taken. An overload is refused
/// instead of piling up.
/// </summary>
public sealed class ComputeQueue : IDisposable
{
    /// <summary>So long after a call that hashed nothing the next is expected.</summary>
    public static readonly TimeSpan Expectation = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider clock;
    private readonly ComputeThreads hashing;
    private readonly ComputeThreads brief;
    private readonly ConcurrentDictionary<string, Expected> expected = [];
    private long lastCheap;

    /// <param name="width">How many of each kind run at once.</param>
    /// <param name="maxWaiting">How many of each kind may wait besides.</param>
    /// <param name="clock">That of the world outside, where calls come.</param>
    /// <param name="giveWay">What each of the threads does first, such as taking a lower priority; null for
    /// nothing.</param>
    public ComputeQueue(int width, int maxWaiting, TimeProvider clock, Action? giveWay = null)
    {
        this.clock = clock;
        hashing = new ComputeThreads(width, maxWaiting, clock, giveWay, IsElseExpected, Expect);
        brief = new ComputeThreads(width, maxWaiting, clock, giveWay);
    }

    /// <summary>Hashes a password when its turn comes.</summary>
    /// <exception cref="ApiException">TooManyRequestsException: the queue is full.</exception>
    public Task<T> Run<T>(Func<T> work, Call call)
    {
        call.Hashes = true;
        return hashing.Run(work, call);
    }

    /// <summary>Computes what takes about a millisecond, beside all hashes.</summary>
    /// <exception cref="ApiException">TooManyRequestsException: the queue is full.</exception>
    public Task<T> RunBriefly<T>(Func<T> work, Call call) => brief.Run(work, call);

    /// <summary>Takes note of a call that has its answer.</summary>
    public void Notice(Call answered)
    {
        if (!answered.Hashes) Volatile.Write(ref lastCheap, clock.GetTimestamp());
    }

    public void Dispose()
    {
        hashing.Dispose();
        brief.Dispose();
    }

    private void Expect(string operation, TimeSpan taken) =>
        expected[operation] = new Expected(clock.GetTimestamp(), 2 * taken);

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
