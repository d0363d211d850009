namespace Lifeguard.Domain;

/// <summary>A message to a user, committed with the change that caused it and delivered afterwards.</summary>
/// <param name="Id">Stable across retries.</param>
/// <param name="Sub">Whom it concerns.</param>
/// <param name="Purpose">The trigger source's second half, such as <c>ForgotPassword</c>.</param>
/// <param name="To">E-mail address or E.164 number.</param>
/// <param name="Subject">Null for SMS.</param>
/// <param name="From">Sender of an e-mail; null for the deployment's own.</param>
public sealed record OutgoingMessage(
    string Id,
    string PoolId,
    string Sub,
    DeliveryMedium Medium,
    string Purpose,
    string To,
    string? Subject,
    string Body,
    string? From,
    string? ReplyTo,
    DateTimeOffset CreatedAt)
{
    /// <summary>The plain text of an e-mail as somebody has written it; null where it is made from
    /// <see cref="Body"/>.</summary>
    public string? Text { get; init; }

    /// <summary>The e-mail is plain text, and <see cref="Body"/> shows it where HTML is
    /// wanted.</summary>
    public bool IsTextOnly { get; init; }

    /// <summary>BCP 47 tag of <see cref="Body"/>; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>The replica's region through which it came to be; null for the pool's own.</summary>
    public string? Region { get; init; }

    /// <summary>What the pool says of its way; null for nothing.</summary>
    public DeliveryRoute? Route { get; init; }

    /// <summary>The function that delivers it in the place of a transport, in which case nothing is worded;
    /// null for none.</summary>
    public SenderOrder? Sender { get; init; }

    /// <summary>From here on what it says is of no use, and it is sent no more; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What it tells its user, such as the kind of its code: a later message on the same makes it
    /// useless. Null for what stays true.</summary>
    public string? Topic { get; init; }

    /// <summary>The quotas of messages have counted it already.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Why it is never sent, for administrators; it says nothing then. Null for what is
    /// sent.</summary>
    public string? Unfit { get; init; }

    /// <summary>Never prints its members: the body holds a code.</summary>
    public override string ToString() => $"OutgoingMessage {Id}";
}

/// <summary>How a message travels.</summary>
public enum DeliveryMedium
{
    Email,
    Sms,
}
