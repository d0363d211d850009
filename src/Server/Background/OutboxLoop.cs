using Lifeguard.Operations.Flows;

namespace Lifeguard.Server.Background;

/// <summary>Delivers messages whose call could not: it died, or the transport refused for the time
/// being.</summary>
internal sealed class OutboxLoop(MessageDelivery delivery, TimeProvider clock, ILogger<OutboxLoop> log)
    : Loop(clock, log)
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(5);

    protected override Task<bool> Round(CancellationToken stopping) => delivery.DeliverDue(stopping);
}
