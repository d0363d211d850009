using Lifeguard.Domain.Effects;

namespace Lifeguard.Operations.Triggers;

/// <summary>
/// What functions have answered one call. Where the operation is run again, since somebody else has changed
/// its rows meanwhile, they are not asked again: what a function does besides answering is done once. That
/// somebody may be the function itself, which may call this API (doc).
/// </summary>
public sealed class TriggerAnswers
{
    private readonly Dictionary<(string Source, int Turn), TriggerAnswer> given = [];
    private readonly Dictionary<string, int> asked = [];

    /// <summary>The answer of the first run, or a new one.</summary>
    /// <param name="source">The event's source. Where an operation asks several times for the same, the
    /// answers are given in the order in which they came.</param>
    public async Task<TriggerAnswer> Of(string source, Func<Task<TriggerAnswer>> ask)
    {
        var turn = asked[source] = asked.GetValueOrDefault(source) + 1;
        if (given.TryGetValue((source, turn), out var before)) return before;
        return given[(source, turn)] = await ask();
    }

    /// <summary>The operation begins anew.</summary>
    public void Restart() => asked.Clear();
}
