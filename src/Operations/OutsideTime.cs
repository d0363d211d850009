namespace Lifeguard.Operations;

/// <summary>
/// What time it is for clients, their authenticator apps and identity providers. The clock of <c>dev</c> can
/// be moved, and theirs do not move along, unless a test moves them too: either is right then.
/// </summary>
/// <param name="real">The real time, where the server's clock can be moved; null where that is real
/// itself.</param>
public sealed class OutsideTime(TimeProvider? real = null)
{
    /// <summary>The times that a clock outside may show at the time of a call.</summary>
    public IEnumerable<DateTimeOffset> Of(Call call)
    {
        yield return call.Now;
        if (real is not null) yield return real.GetUtcNow();
    }

    /// <summary>The time to tell those outside who take no other than the real one.</summary>
    public DateTimeOffset Real(Call call) => real?.GetUtcNow() ?? call.Now;
}
