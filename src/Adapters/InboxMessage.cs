using Lifeguard.Domain;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>A message as the inbox keeps it.</summary>
/// <param name="Sequence">Grows by one with each message, also across a clearing.</param>
/// <param name="Id">Of the message; a repeated hand-over of the same id is kept once.</param>
/// <param name="From">Sender of an e-mail as the pool asked for it; null for the deployment's own.</param>
/// <param name="Subject">Null for a text message.</param>
/// <param name="Body">HTML for e-mail, plain text for a text message.</param>
public sealed record InboxMessage(
    long Sequence,
    string Id,
    string PoolId,
    DeliveryMedium Medium,
    string? From,
    string? ReplyTo,
    string To,
    string? Subject,
    string Body,
    DateTimeOffset ReceivedAt)
{
    /// <summary>The plain-text part of an e-mail; null for a text message.</summary>
    public string? Text { get; init; }

    /// <summary>What was handed over; null for a text message.</summary>
    public EmailMessage? Email { get; init; }

    /// <summary>Never prints its members: the body holds a code.</summary>
    public override string ToString() => $"InboxMessage {Sequence}";
}
