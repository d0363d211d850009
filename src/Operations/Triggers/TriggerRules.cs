namespace Lifeguard.Operations.Triggers;

/// <summary>Bounds on calls of triggers, on each node.</summary>
/// <param name="MaxConcurrent">Calls under way at a time; as many as Lambda lets an account have.</param>
/// <param name="MaxPerFunction">Of these for one function, so that one that is slow leaves room for the
/// others.</param>
/// <param name="CircuitFailures">Tries in a row that nobody answers before a function is let alone; 0 for
/// never.</param>
/// <param name="CircuitOpen">How long it is let alone; ten seconds where none is given.</param>
public sealed record TriggerRules(
    int MaxConcurrent = 1000, int MaxPerFunction = 500, int CircuitFailures = 15,
    TimeSpan CircuitOpen = default)
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    /// <summary>How long a function is let alone.</summary>
    public TimeSpan CircuitOpen { get; } = CircuitOpen == default ? TenSeconds : CircuitOpen;
}
