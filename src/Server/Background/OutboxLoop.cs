using Lifeguard.Domain;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Server.Background;

/// <summary>Delivers messages of one medium whose call could not: it died, or the transport refused for the
/// time being. Each medium has a loop of its own, so that none waits for the other's transport.</summary>
internal abstract class OutboxLoop(
    DeliveryMedium medium, MessageDelivery delivery, TimeProvider clock, ILogger log) : Loop(clock, log)
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(5);

    protected override Task<bool> Round(CancellationToken stopping) => delivery.DeliverDue(medium, stopping);
}

/// <summary>The outbox's e-mails.</summary>
internal sealed class EmailLoop(MessageDelivery delivery, TimeProvider clock, ILogger<EmailLoop> log)
    : OutboxLoop(DeliveryMedium.Email, delivery, clock, log);

/// <summary>The outbox's text messages.</summary>
internal sealed class SmsLoop(MessageDelivery delivery, TimeProvider clock, ILogger<SmsLoop> log)
    : OutboxLoop(DeliveryMedium.Sms, delivery, clock, log);
