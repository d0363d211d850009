using Lifeguard.Domain;

namespace Lifeguard.Operations.Triggers;

/// <summary>The pauses before a trigger is tried again: each about three times as long as the one before,
/// and no two of the same length, so that callers who were throttled together do not come back
/// together.</summary>
/// <param name="first">The length of the first, on average; zero for no pauses.</param>
public sealed class TriggerPauses(TimeProvider clock, RandomSource random, TimeSpan first)
{
    /// <summary>Long enough for a connection that was refused during a restart, or for a burst, to
    /// pass.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    private const int Growth = 3;

    /// <summary>Returns after the pause that follows a try.</summary>
    /// <param name="attempt">The try that has failed, from 1.</param>
    /// <param name="longest">It ends after this at the latest.</param>
    public async Task Take(int attempt, TimeSpan longest, CancellationToken cancellation)
    {
        if (first == TimeSpan.Zero || longest <= TimeSpan.Zero) return;
        var average = first * Math.Pow(Growth, attempt - 1);
        var more = TimeSpan.FromMilliseconds(random.Below((int)average.TotalMilliseconds + 1));
        var pause = (average / 2) + more;
        await Task.Delay(pause < longest ? pause : longest, clock, cancellation);
    }
}
