namespace Lifeguard.Operations.Flows;

/// <summary>
/// Lets those who want the same thing go one after the other on this node, and others go on unhindered. The
/// turns are striped: now and then two different things share one, which costs a wait and nothing else.
/// </summary>
public sealed class Turns : IDisposable
{
    private const int Stripes = 256;

    private readonly SemaphoreSlim[] stripes =
        [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the turn; it ends when the result is disposed of.</summary>
    public async Task<IDisposable> Take(string key, CancellationToken cancellation)
    {
        var stripe = stripes[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Stripes];
        await stripe.WaitAsync(cancellation);
        return new Turn(stripe);
    }

    public void Dispose()
    {
        foreach (var stripe in stripes) stripe.Dispose();
    }

    private sealed class Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
