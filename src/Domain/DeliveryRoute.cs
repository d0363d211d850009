namespace Lifeguard.Domain;

/// <summary>What a pool's configuration says of the way its messages take, besides the sender; what a
/// transport has no use for it passes over.</summary>
public sealed record DeliveryRoute
{
    /// <summary>The identity that sends: ARN of one of SES, or the origin of text messages; null for the
    /// transport's own.</summary>
    public string? Identity { get; init; }

    /// <summary>Of SES; null for none.</summary>
    public string? ConfigurationSet { get; init; }

    /// <summary>Where the pool wants the service to be; null for its own region.</summary>
    public string? Region { get; init; }

    /// <summary>Who sends by India's register of senders; null for none.</summary>
    public string? EntityId { get; init; }

    /// <summary>What is sent by that register.</summary>
    public string? TemplateId { get; init; }

    /// <summary>The pool's text messages leave by AWS End User Messaging instead of SNS.</summary>
    public bool IsByEndUserMessaging { get; init; }

    /// <summary>The e-mail leaves by the service's own account, whose number a day is bounded
    /// (doc).</summary>
    public bool IsMetered { get; init; }
}
