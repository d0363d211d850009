namespace Lifeguard.Domain.Effects;

/// <summary>Puts one e-mail on its way. A seam: the real thing is SMTP, in development the inbox.</summary>
public interface IEmailSender
{
    /// <summary>Hands the message over; returns once the transport has taken it.</summary>
    /// <exception cref="DeliveryException">The transport refused it, or could not be reached.</exception>
    Task Send(EmailMessage message, CancellationToken cancellation);

    /// <summary>Why nothing can leave for this destination, which is known without trying; null where it
    /// can.</summary>
    string? RefusalOf(string to) => null;
}

/// <summary>An e-mail ready to leave. <paramref name="Body"/> is HTML.</summary>
/// <param name="Id">Stable across retries, so that a transport can drop a repeated hand-over.</param>
/// <param name="From">An address, or <c>Name &lt;address&gt;</c>; null takes the deployment's own.</param>
/// <param name="ReplyTo">Where answers go; null for nowhere special.</param>
public sealed record EmailMessage(
    string Id, string PoolId, string? From, string? ReplyTo, string To, string Subject, string Body)
{
    /// <summary>The plain text; null where it is made from <see cref="Body"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Only <see cref="Text"/> leaves; <see cref="Body"/> shows it where HTML is wanted.</summary>
    public bool IsTextOnly { get; init; }

    /// <summary>BCP 47 tag of <see cref="Body"/>; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>What the pool says of its way; null for nothing.</summary>
    public DeliveryRoute? Route { get; init; }

    /// <summary>When it came to be, which is its date however late it leaves; null for now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Never prints its members: the body holds a code.</summary>
    public override string ToString() => nameof(EmailMessage);
}

/// <summary>A transport did not take a message.</summary>
/// <param name="reason">Why, without addresses or codes; shown to administrators.</param>
/// <param name="permanent">True when a later try would meet the same refusal.</param>
public sealed class DeliveryException(string reason, bool permanent) : Exception(reason)
{
    /// <summary>True when a later try would meet the same refusal.</summary>
    public bool IsPermanent { get; } = permanent;
}
