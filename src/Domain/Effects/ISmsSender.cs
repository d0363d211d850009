namespace Lifeguard.Domain.Effects;

/// <summary>Puts one text message on its way. A seam: an HTTP webhook, in development the inbox.</summary>
public interface ISmsSender
{
    /// <summary>Hands the message over; returns once the transport has taken it.</summary>
    /// <exception cref="DeliveryException">The transport refused it, or could not be reached.</exception>
    Task Send(SmsMessage message, CancellationToken cancellation);

    /// <summary>Why nothing can leave for this destination, which is known without trying; null where it
    /// can.</summary>
    string? RefusalOf(string to) => null;
}

/// <summary>A text message ready to leave. <paramref name="To"/> is a number in E.164 form.</summary>
/// <param name="Id">Stable across retries, so that a transport can drop a repeated hand-over.</param>
public sealed record SmsMessage(string Id, string PoolId, string To, string Body)
{
    /// <summary>What the pool says of its way; null for nothing.</summary>
    public DeliveryRoute? Route { get; init; }

    /// <summary>Never prints its members: the body holds a code.</summary>
    public override string ToString() => nameof(SmsMessage);
}
