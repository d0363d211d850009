using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>A message to deliver now.</summary>
/// <param name="Attempt">1 at the delivery by its own call, whether that has come to it or not.</param>
/// <param name="IsReplaced">A newer message has made it useless.</param>
public sealed record LeasedMessage(OutgoingMessage Message, int Attempt, bool IsReplaced = false);

/// <summary>Which messages are wanted.</summary>
/// <param name="Sub">Of this user; null for every user's.</param>
/// <param name="State">In this state; null for any.</param>
/// <param name="Before">Older than the message of this id: the next page; null for the first.</param>
public sealed record OutboxFilter(string? Sub = null, OutboxState? State = null, string? Before = null);

/// <summary>What an administrator sees of a message.</summary>
/// <param name="Destination">Masked; null for messages from before it was noted.</param>
/// <param name="Attempts">Made so far, the one under way included.</param>
/// <param name="NextAttemptAt">Null once it is sent or given up.</param>
/// <param name="Error">Why the last attempt that failed did; null where none has.</param>
public sealed record OutboxEntry(
    string Id,
    string PoolId,
    string Sub,
    DeliveryMedium Medium,
    string Purpose,
    string? Destination,
    OutboxState State,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt);

/// <summary>Where a message stands.</summary>
public enum OutboxState
{
    Pending,
    Sent,
    Failed,
}
