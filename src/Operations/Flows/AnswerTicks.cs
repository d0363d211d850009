namespace Lifeguard.Operations.Flows;

/// <summary>
/// Answers that must not tell by their time whether there is somebody of a name leave at a tick: a whole
/// number of lengths after the call began. What is done for a known name and for an unknown one differs by a
/// fraction of that, a message to write or not, and disappears in the waiting.
/// </summary>
/// <param name="clock">That of the world outside, since it is the caller who measures.</param>
/// <param name="length">Zero for answers that leave at once.</param>
public sealed class AnswerTicks(TimeProvider clock, TimeSpan length)
{
    /// <summary>Timers wake up late by up to half of this. The rest of the way is gone by looking at the
    /// clock, and so long that the processor's state tells nothing of what it did before.</summary>
    private static readonly TimeSpan LastStretch = TimeSpan.FromMilliseconds(4);

    /// <summary>The beginning of a call, for <see cref="Await"/>.</summary>
    public long Begin() => clock.GetTimestamp();

    /// <summary>Returns once the answer that leaves at the next tick is sure to be gone, and long before the
    /// tick after it. What follows an answer for one kind of name only begins then, and so takes nothing from
    /// its way out.</summary>
    public async Task PassAnswer(long beginning)
    {
        if (length == TimeSpan.Zero) return;
        var passed = clock.GetElapsedTime(beginning);
        await Task.Delay(TickAfter(passed) - passed + (length / 3), clock);
    }

    /// <summary>Returns at the next tick, or at once when the caller goes.</summary>
    public async Task Await(long beginning, CancellationToken cancellation)
    {
        if (length == TimeSpan.Zero) return;
        var passed = clock.GetElapsedTime(beginning);
        var tick = TickAfter(passed);
        var sleep = tick - passed - LastStretch;
        if (sleep > TimeSpan.Zero)
        {
            await Task.Delay(sleep, clock, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Others have their turn in between. For a caller who has gone nobody need be kept busy.
        while (clock.GetElapsedTime(beginning) < tick && !cancellation.IsCancellationRequested)
            await Task.Yield();
    }

    private TimeSpan TickAfter(TimeSpan passed) => length * Math.Ceiling(passed / length);
}
