using Lifeguard.Storage;

namespace Lifeguard.Server.Background;

/// <summary>Loads the data keys anew, so that this node can
/// open what another one seals after a rotation.</summary>
internal sealed class KeyRingLoop(
    KeyRingLoader keys, TimeProvider clock, ILogger<KeyRingLoop> log) : Loop(clock, log)
{
    private readonly TimeProvider clock = clock;

    protected override TimeSpan Pause => TimeSpan.FromSeconds(20);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        await keys.Load(clock.GetUtcNow(), stopping);
        return false;
    }
}
