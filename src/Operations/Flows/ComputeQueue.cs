using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Runs expensive computations (password hashes, SRP) no more at a time than
/// the machine has cores, with a bounded queue in front. Nothing cheap ever
/// waits behind a hash, and an overload is refused instead of piling up.
/// </summary>
public sealed class ComputeQueue(int width, int maxWaiting) : IDisposable
{
    private readonly SemaphoreSlim slots = new(width);
    private int waiting;

    /// <summary>Runs <paramref name="work"/> when its turn comes.</summary>
    /// <exception cref="ApiException">TooManyRequestsException: the queue is full.</exception>
    public async Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > maxWaiting + width)
        {
            Interlocked.Decrement(ref waiting);
            throw Reject.TooManyRequests();
        }

        try
        {
            await slots.WaitAsync(cancellation);
            try
            {
                return await Task.Run(work, CancellationToken.None);
            }
            finally
            {
                slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose() => slots.Dispose();
}
